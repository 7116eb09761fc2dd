"""``triplane reminders``: send what a server's runners asked to be reminded of."""

import click

from triplane.cli.shell import Shell, say, show_json, triplane_command


@triplane_command("triplane reminders")
@click.option("--new-key", is_flag=True, help="Make a key for reminders on devices, for the environment.")
def command(shell: Shell, as_json: bool, new_key: bool) -> None:
    """Send the reminders that are due now to runners of a server who asked for them, each once.

    For a timer that starts it every five minutes; several at once do no harm. It is told the same as
    serve --settings server, by its environment.
    """
    if new_key:
        _show_new_key(as_json)
        return
    from triplane.web import send_reminders

    done = send_reminders()
    if as_json:
        counts = {"refused": done.refused, "left_out": done.left_out, "gone": done.gone, "later": done.later}
        show_json({"sent": done.sent, **counts})
        return
    say(f"{done.sent} reminders went out.")
    if done.refused:
        say(f"{done.refused} were refused.")
    if done.later:
        say(f"The services of {done.later} devices did not answer; they are asked again the next time.")
    if done.gone:
        say(f"{done.gone} devices take no reminders any more and were forgotten.")
    if done.left_out:
        say(f"What {done.left_out} runners are due could not be worked out; it is tried again the next time.")


def _show_new_key(as_json: bool) -> None:
    """Show a new key. Nothing keeps it: with another one, every device asks for reminders anew."""
    from triplane.web import new_push_key

    key = new_push_key()
    if as_json:
        show_json({"TRIPLANE_PUSH_KEY": key})
        return
    say(f"TRIPLANE_PUSH_KEY={key}")
