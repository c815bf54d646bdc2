"""A round's publishable texts with their codings as a file for other programs (scenario 83)."""

from typing import TYPE_CHECKING

from consult.domain.accounts.queries import names_by_reference
from consult.domain.coding.qdpx import QdaProject, Source, write_qdpx
from consult.domain.coding.queries.projects import CodedText, coded_texts, coders_of
from consult.domain.coding.service.codebook_file import entries_of
from consult.domain.organisations.types import ACTOR_GROUP_LABELS, ACTOR_TYPE_LABELS
from consult.domain.submissions.rules import public_name
from consult.domain.submissions.types import CHANNEL_LABELS
from consult.kernel.i18n import N_, choose_locale, localised, translator

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round


def export_project(round_: "Round") -> bytes:
    """The answers that may be handed out, each as a text and a case, with the codebook.

    Senders who gave no name, or want none, have none here.
    """
    locale = choose_locale(round_.owner.language)
    texts, coders = coded_texts(round_.id), coders_of(round_.id)
    names = names_by_reference(coders)
    say = translator(locale)
    return write_qdpx(
        QdaProject(
            name=localised(round_.title, locale),
            description=say.ngettext(
                "One answer, as it may be published.",
                "%(num)s answers, as they may be published.",
                len(texts),
            )
            % {"num": len(texts)},
            language=round_.owner.language,
            entries=entries_of(round_, by_guid=True, with_waiting=True),
            sources=[_source(one, locale) for one in texts],
            coders={one: names.get(one, say.gettext(N_("Somebody else"))) for one in coders},
        )
    )


def _source(coded: CodedText, locale: str) -> Source:
    sender, say = coded.submission, translator(locale).gettext
    name = public_name(
        sender.name,
        actor_type=sender.actor_type,
        publication=sender.publication,
        locale=locale,
    )
    return Source(
        id=sender.public_id,
        name=f"{sender.number} {name}",
        text=coded.text,
        selections=coded.selections,
        values={
            say(N_("Kind of sender")): say(ACTOR_TYPE_LABELS[sender.actor_type]),
            say(N_("Group")): say(ACTOR_GROUP_LABELS[sender.actor_type.group]),
            say(N_("Came as")): say(CHANNEL_LABELS[sender.channel]),
            say(N_("Language")): sender.language,
        },
    )
