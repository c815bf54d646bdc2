"""The one transaction of a request or a job."""

from consult.db import on_commit, session, transaction


def _fail() -> None:
    raise RuntimeError("the queue is away")


def test_an_action_that_fails_after_the_commit_is_logged_and_the_next_one_runs(make, caplog):
    done = []
    with transaction():
        body = make.organisation()
        on_commit(_fail)
        on_commit(lambda: done.append(body.id))
    assert done == [body.id]
    assert "the queue is away" in caplog.text
    assert "on_commit" not in session().info
