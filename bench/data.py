"""Data for benchmarks: a round with many answers, passages and themes, the same every time."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert

from consult.db import session
from consult.domain.accounts.models import Person
from consult.domain.coding.models import CodedStance, Coding, Passage, Theme
from consult.domain.coding.types import CodingMethod, Colour, PassageKind
from consult.domain.organisations.models import Membership, Organisation
from consult.domain.organisations.types import ActorType, Role
from consult.domain.rounds.models import Proposal, Question, Round
from consult.domain.rounds.types import QuestionKind, RoundStatus, RoundType
from consult.domain.submissions.models import Answer, Submission, SubmissionVersion
from consult.domain.submissions.types import (
    Channel,
    DeadlineStatus,
    Publication,
    Stance,
    SubmissionStatus,
)
from consult.kernel.ids import new_public_id

_WORDS = (
    "kontoret brukerne veilederne kommunen samtalen tiden tilliten ansvaret fagfolkene utvalget "
    "møtet skjemaet reisen barnet arbeidsgiveren opplæringen målene rapporten ledelsen åpningstiden"
).split()
_TYPES = [kind for kind in ActorType if kind.is_organisation][:24]
_SIZE = 500


@dataclass(frozen=True)
class World:
    """What was made, by the names that pages ask for."""

    slug: str
    person_id: int
    submission_number: int
    passage_id: str
    theme_key: str
    theme_public_id: str


def make_world(*, submissions: int, passages: int, themes: int, slug: str = "bench") -> World:
    """Fill the database; each submission gets its equal share of the passages."""
    source = random.Random(20261122)
    now = datetime(2026, 11, 1, tzinfo=UTC)
    owner = _add(Organisation(slug=f"{slug}-owner", name="Benken", actor_type=ActorType.DIRECTORATE,
                              created_at=now))  # fmt: skip
    person = _add(Person(email=f"{slug}@consult.example", name="Benk Benk", created_at=now))
    _add(Membership(person_id=person.id, organisation_id=owner.id, role=Role.COORDINATOR,
                    starts_at=now))  # fmt: skip
    round_ = _round(owner, slug, now)
    theme_rows = _themes(round_, themes, now)
    _organisations(slug, submissions, now)
    _answers(round_, submissions, passages // submissions, theme_rows, source, now)
    session().commit()
    first = session().query(Passage).filter_by(round_id=round_.id).order_by(Passage.id).first()
    return World(slug, person.id, 1, first.public_id, theme_rows[0].key, theme_rows[0].public_id)


def _add(thing):
    session().add(thing)
    session().flush()
    return thing


def _round(owner: Organisation, slug: str, now: datetime) -> Round:
    texts = {"nb": "Målt runde", "nn": "Målt runde", "en": "Measured round"}
    round_ = _add(Round(slug=slug, owner_id=owner.id, type=RoundType.INPUT_ROUND,
                        status=RoundStatus.ANALYSIS, languages=["nb"], title=texts,
                        introduction=texts, influence={}, settled={}, contact={},
                        opens_at=now - timedelta(days=90), closes_at=now,
                        created_at=now))  # fmt: skip
    for number in range(1, 5):
        _add(Question(round_id=round_.id, key=f"q{number}", position=number,
                      kind=QuestionKind.OPEN, text=texts, help={}))  # fmt: skip
    for number in range(1, 13):
        _add(Proposal(round_id=round_.id, key=f"4.{number}", position=number, title=texts,
                      text=texts))  # fmt: skip
    return round_


def _themes(round_: Round, number: int, now: datetime) -> list[Theme]:
    colours = list(Colour)
    rows = []
    for index in range(number):
        parent = rows[index // 4] if index >= number // 4 else None
        rows.append(_add(Theme(round_id=round_.id, key=f"tema-{index}", position=index,
                               name=f"Tema {index}", colour=colours[index % len(colours)],
                               parent_id=parent.id if parent else None,
                               created_at=now)))  # fmt: skip
    return rows


def _organisations(slug: str, number: int, now: datetime) -> None:
    rows = [
        {"public_id": new_public_id(), "slug": f"{slug}-{index}", "name": f"Avsender {index:05d}",
         "actor_type": _TYPES[index % len(_TYPES)], "language": "nb", "created_at": now}
        for index in range(number)
    ]  # fmt: skip
    _insert(Organisation, rows)


def _insert(model, rows: list[dict]) -> None:
    for start in range(0, len(rows), _SIZE):
        session().execute(insert(model), rows[start : start + _SIZE])


def _sentence(source: random.Random) -> str:
    words = source.choices(_WORDS, k=source.randint(12, 34))
    return " ".join(words).capitalize() + "."


def _answers(
    round_: Round,
    submissions: int,
    each: int,
    themes: list[Theme],
    source: random.Random,
    now: datetime,
) -> None:
    questions = round_.questions
    proposals = round_.proposals
    senders = (
        session().query(Organisation).filter(Organisation.slug.like(f"{round_.slug}-%"))
        .filter(Organisation.slug != f"{round_.slug}-owner").order_by(Organisation.id).all()
    )  # fmt: skip
    codings, stances, position = [], [], 0
    for number in range(1, submissions + 1):
        sender = senders[number - 1]
        texts = [_sentence(source) for _ in range(each)]
        submission, version, answers = _submission(round_, sender, number, texts, questions, now)
        rows = []
        for index, (text, answer, start) in enumerate(answers):
            rows.append({"public_id": new_public_id(), "round_id": round_.id,
                         "submission_id": submission.id, "version_id": version.id,
                         "answer_id": answer.id, "kind": PassageKind.PARAGRAPH, "level": 0,
                         "position": index, "start": start, "end": start + len(text),
                         "quote": text, "memo": ""})  # fmt: skip
        session().execute(insert(Passage), rows)
        ids = [p.id for p in session().query(Passage.id).filter_by(version_id=version.id)]
        for identity in ids:
            for theme in source.sample(themes, k=source.choice((0, 1, 1, 1, 2, 3))):
                codings.append({"passage_id": identity, "theme_id": theme.id,
                                "method": CodingMethod.MANUAL, "coded_by": "person:bench",
                                "coded_at": now})  # fmt: skip
        for proposal in source.sample(proposals, k=3):
            stances.append({"submission_id": submission.id, "proposal_id": proposal.id,
                            "value": source.choice(list(Stance)), "modifiers": [],
                            "coded_by": "person:bench", "coded_at": now})  # fmt: skip
        position += 1
    round_.last_number = submissions
    _insert(Coding, codings)
    _insert(CodedStance, stances)


def _submission(round_, sender, number, texts, questions, now):
    submission = _add(Submission(round_id=round_.id, number=number,
                                 receipt_number=f"B-{number:04d}", organisation_id=sender.id,
                                 name=sender.name, actor_type=sender.actor_type, language="nb",
                                 channel=Channel.FORM, publication=Publication.WITH_NAME,
                                 has_comments=True, status=SubmissionStatus.RECEIVED,
                                 deadline_status=DeadlineStatus.IN_TIME, received_at=now,
                                 stored_at=now))  # fmt: skip
    version = _add(SubmissionVersion(submission_id=submission.id, number=1,
                                     text="\n\n".join(texts), digest="0" * 64, created_at=now,
                                     created_by="visitor"))  # fmt: skip
    share = max(1, len(texts) // len(questions))
    placed, start = [], 0
    groups: dict[int, list[tuple[str, int]]] = {}
    for index, text in enumerate(texts):
        groups.setdefault(min(index // share, len(questions) - 1), []).append((text, start))
        start += len(text) + 2
    for group, members in groups.items():
        first, last = members[0], members[-1]
        answer = _add(Answer(version_id=version.id, question_id=questions[group].id,
                             position=group, start=first[1],
                             end=last[1] + len(last[0])))  # fmt: skip
        placed += [(text, answer, begin) for text, begin in members]
    return submission, version, placed
