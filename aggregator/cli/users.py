"""Commands on who may use the desk: users list, invite, role, password, remove."""

from typing import Annotated

import typer

from aggregator.cli.app import app, state
from aggregator.review import people
from aggregator.review.roles import BY_WORD, role_named
from aggregator.store import people as store

commands = typer.Typer(help="Who may use the desk.", no_args_is_help=True)
app.add_typer(commands, name="users")

RoleWord = Annotated[str, typer.Argument(metavar="|".join(BY_WORD), help="What they may do.")]


@commands.command("list")
def show_users(context: typer.Context) -> None:
    """Everybody who can log in, and as what."""
    ours = state(context)
    with ours.house.store.reading() as c:
        users = store.every(c)
    ours.output.value([{"name": user.name, "role": user.role, "since": user.made_at} for user in users])
    ours.output.table(
        ("name", "role", "since"),
        [(user.name, user.role, f"{user.made_at:%Y-%m-%d}") for user in users],
        empty="Nobody has a login yet. `inthenews users invite admin` makes a link for the first one.",
    )


@commands.command()
def invite(context: typer.Context, role: RoleWord) -> None:
    """A link with which somebody new makes their login, once, within two days."""
    ours = state(context)
    token = people.invite(ours.house.store, role_named(role), ours.by, ours.now())
    link = f"http://{ours.settings.host}:{ours.settings.port}/welcome?token={token}"
    ours.output.value({"link": link, "role": role})
    ours.output.say(link)


@commands.command("role")
def set_role(context: typer.Context, name: str, role: RoleWord) -> None:
    """Another role for somebody; they log in anew."""
    ours = state(context)
    people.set_role(ours.house.store, name, role_named(role), ours.by, ours.now())
    ours.output.close(f"{name} is {role} now", {"name": name, "role": role})


@commands.command("password")
def set_password(context: typer.Context, name: str) -> None:
    """A new password, asked for twice and never shown; all their sessions end."""
    ours = state(context)
    with ours.house.store.reading() as c:
        store.known(c, name)
    password = typer.prompt("New password", hide_input=True, confirmation_prompt=True, err=True)
    people.set_password(ours.house.store, name, password, ours.by, ours.now())
    ours.output.close(f"{name} has a new password", {"name": name})


@commands.command()
def remove(context: typer.Context, name: str) -> None:
    """Take somebody's login away; what they decided stays under their name."""
    ours = state(context)
    people.remove(ours.house.store, name, ours.by, ours.now())
    ours.output.close(f"{name} is removed", {"name": name})
