"""The pages, a file a subject; each holds a `router` and is found by name."""
