"""What happens outside a request: sending mail, moving the clock, building documents.

Jobs are thin: ids in, a service call, one transaction each. The queue is huey's, in the instance
folder by default.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, current_app
from huey import MemoryHuey, PostgresHuey, SqliteHuey, crontab
from huey.api import Huey, TaskWrapper

from consult.config import Settings
from consult.domain.notifications.service import outbox_filled
from consult.jobs.archives import read_archives
from consult.jobs.clock import move_rounds, tell_people
from consult.jobs.comparing import compare_answers
from consult.jobs.documents import (
    build_document,
    find_unclaimed_documents,
    forget_layouts,
)
from consult.jobs.intake import fetch_mail
from consult.jobs.outbox import send_due_mail
from consult.jobs.packages import look_after_packages, make_package
from consult.jobs.scans import read_scans
from consult.jobs.screening import screen_waiting_files
from consult.jobs.suggesting import learn_suggestions
from consult.jobs.uploads import forget_unfinished


@dataclass
class Jobs:
    """The queue of an app and what can be put into it."""

    huey: Huey
    tasks: dict[str, TaskWrapper] = field(default_factory=dict)

    def enqueue(self, name: str, *arguments: object) -> None:
        """Put a job into the queue; call it after the commit it depends on."""
        self.tasks[name](*arguments)

    def enqueue_later(self, name: str, *, seconds: int) -> None:
        """Put a job without arguments into the queue that is run some time from now."""
        self.tasks[name].schedule(delay=seconds)


def _make_queue(settings: Settings) -> Huey:
    if settings.queue == "immediate":
        return MemoryHuey("consult", immediate=True)
    if settings.queue == "sqlite":
        settings.instance.mkdir(parents=True, exist_ok=True)
        return SqliteHuey("consult", filename=str(settings.instance / "queue.db"))
    return PostgresHuey("consult", dsn=settings.queue)


def register_jobs(app: Flask) -> None:
    """Make the app's queue and tie jobs to what triggers them."""
    huey = _make_queue(app.config["SETTINGS"])
    jobs = Jobs(huey)
    app.extensions["jobs"] = jobs

    def in_app(job: Callable[..., None]) -> Callable[..., None]:
        def run(*arguments: Any) -> None:
            with app.app_context():
                job(*arguments)

        run.__name__ = job.__name__
        return run

    for job in (
        *(send_due_mail, build_document, read_scans, read_archives, compare_answers),
        make_package,
    ):
        jobs.tasks[job.__name__] = huey.task()(in_app(job))
    every_minute = crontab(minute="*")
    clockwork = (
        *(send_due_mail, move_rounds, tell_people, find_unclaimed_documents, fetch_mail),
        *(screen_waiting_files, read_scans, read_archives, forget_unfinished),
        *(compare_answers, learn_suggestions, look_after_packages, forget_layouts),
    )
    for job in clockwork:
        huey.periodic_task(every_minute, name=f"periodic_{job.__name__}")(in_app(job))


def _request_delivery(_sender: object) -> None:
    current_app.extensions["jobs"].enqueue("send_due_mail")


outbox_filled.connect(_request_delivery)
