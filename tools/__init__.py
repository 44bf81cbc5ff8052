"""Programs that make parts of the repository; nothing here runs with the product."""
