"""Every endpoint × every role, with a real request per cell (architecture, habit 23).

The table names who may; everybody else gets what a missing page gives: 404, or for a visitor who
reads, the way to sign in. ``outsider`` has every role there is, in another organisation.

SQLite is asked by every role. Who may is decided in Python about the rows that were read, so
PostgreSQL is asked by those who may and by the outsider: each statement runs on both.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from flask import Flask

from consult.db import db
from tests.house.world import Login, World, make_world
from tests.support.factories import Factory
from tests.support.page_client import PageClient
from tests.support.transactions import rolled_back

ROLES = (
    "visitor",
    "citizen",
    "outsider",
    "sender",
    "reader",
    "officer",
    "coordinator",
    "owner_drafter",
    "signatory",
    "branch",
    "admin",
)
EVERYBODY = frozenset(ROLES)
SIGNED_IN = EVERYBODY - {"visitor"}
DESK = frozenset({"reader", "officer", "coordinator"})
HANDLERS = frozenset({"officer", "coordinator"})
COORDINATOR = frozenset({"coordinator"})
SENDER = frozenset({"sender"})
MEMBERS = DESK | {"owner_drafter", "signatory"}
WRITERS = COORDINATOR | {"owner_drafter"}
SIGNATORY = frozenset({"signatory"})
BRANCH = frozenset({"branch"})
ADMIN = frozenset({"admin"})
DESK_SOMEWHERE = DESK | {"outsider"}
COORDINATOR_SOMEWHERE = COORDINATOR | {"outsider"}


@dataclass(frozen=True)
class Row:
    """One endpoint: who may, and which of the world's things stand in its address."""

    allowed: frozenset[str]
    values: str = ""
    form: dict[str, str] = field(default_factory=dict)


TABLE: dict[str, Row] = {
    "public.index": Row(EVERYBODY),
    "public.accessibility": Row(EVERYBODY),
    "public.how_to_answer": Row(EVERYBODY),
    "public.privacy": Row(EVERYBODY),
    "public.source": Row(EVERYBODY),
    "public.contact": Row(EVERYBODY),
    "public.choose_language": Row(EVERYBODY, "locale"),
    "public.service_worker": Row(EVERYBODY),
    "public.round": Row(EVERYBODY, "round_slug"),
    "public.paper": Row(EVERYBODY, "round_slug"),
    "public.cards": Row(EVERYBODY, "round_slug"),
    "public.news": Row(EVERYBODY, "round_slug"),
    "public.deadline_file": Row(EVERYBODY, "round_slug"),
    "public.follow": Row(EVERYBODY, "round_slug"),
    "public.follow_asked": Row(EVERYBODY, "round_slug"),
    "public.follow_now": Row(EVERYBODY, "round_slug"),
    "public.unfollow": Row(SIGNED_IN, "round_slug"),
    "public.following": Row(SIGNED_IN),
    "public.follow_link": Row(EVERYBODY, "token"),
    "public.confirm_follow": Row(EVERYBODY, "held=follow_held"),
    "public.mail_link": Row(EVERYBODY, "token"),
    "public.mail_choices": Row(EVERYBODY, "held=mail_held"),
    "public.decline_mail": Row(EVERYBODY, "token=mail_token"),
    "public.stop_followed": Row(EVERYBODY, "held=mail_held round_slug"),
    "public.change_mail_rhythm": Row(EVERYBODY, "held=mail_held"),
    **{
        f"public.{name}": Row(EVERYBODY, "round_slug")
        for name in ("follow_up", "follow_up_csv", "follow_up_json")
    },
    "public.measure": Row(EVERYBODY, "round_slug number=measure"),
    "public.measure_file": Row(EVERYBODY, "round_slug number=measure file_id=measure_file"),
    "public.report": Row(EVERYBODY, "round_slug kind=published_kind"),
    **{
        f"public.report_{name}": Row(EVERYBODY, "round_slug kind=published_kind number=edition")
        for name in ("edition", "whole")
    },
    "public.report_chapter": Row(
        EVERYBODY, "round_slug kind=published_kind number=edition chapter=edition_chapter"
    ),
    "public.report_file": Row(
        EVERYBODY, "round_slug kind=published_kind number=edition format_name=format"
    ),
    "public.meetings": Row(EVERYBODY, "round_slug"),
    "public.meeting_picture": Row(EVERYBODY, "round_slug picture_id=picture"),
    "public.printable_form": Row(EVERYBODY, "round_slug"),
    "public.answers": Row(EVERYBODY, "round_slug"),
    "public.answer": Row(EVERYBODY, "round_slug number"),
    "public.published_file": Row(EVERYBODY, "round_slug number file_id=file"),
    "public.support": Row(EVERYBODY, "round_slug number"),
    "public.support_link": Row(EVERYBODY, "token"),
    "public.own_support": Row(EVERYBODY, "held=support_held"),
    "auth.sign_in": Row(EVERYBODY),
    "auth.link_sent": Row(EVERYBODY),
    "auth.sign_in_link": Row(EVERYBODY, "token"),
    "auth.use_link": Row(EVERYBODY, "held"),
    "auth.sign_in_by_password": Row(EVERYBODY),
    "auth.welcome": Row(SIGNED_IN),
    "auth.sign_out": Row(SIGNED_IN),
    "auth.inbox": Row(EVERYBODY),
    "auth.inbox_message": Row(EVERYBODY, "public_id=message"),
    "auth.inbox_html": Row(EVERYBODY, "public_id=message"),
    "auth.inbox_file": Row(EVERYBODY, "public_id=message number=first"),
    "respond.start": Row(EVERYBODY, "round_slug"),
    "respond.start_as": Row(EVERYBODY, "round_slug sender=sender_kind"),
    "respond.mine": Row(SIGNED_IN),
    "respond.follow_link": Row(EVERYBODY, "token"),
    "respond.link": Row(EVERYBODY, "held"),
    "respond.turn_off": Row(EVERYBODY, "held"),
    "respond.lost_link": Row(EVERYBODY),
    "respond.code": Row(EVERYBODY),
    "respond.draft_code": Row(frozenset({"citizen"}), "public_id=own_draft"),
    "respond.mail_link": Row(frozenset({"citizen"}), "public_id=own_draft"),
    "respond.receipt_link": Row(SENDER, "public_id=submission"),
    "respond.receipt_code": Row(SENDER, "public_id=submission"),
    "respond.tasks": Row(SENDER, "public_id=draft"),
    "respond.mandate": Row(BRANCH, "public_id=internal_draft"),
    "respond.who": Row(SENDER, "public_id=draft"),
    "respond.question": Row(SENDER, "public_id=draft question_key=question"),
    "respond.care": Row(SENDER, "public_id=draft question_key=question"),
    "respond.publication": Row(SENDER, "public_id=draft"),
    "respond.check": Row(SENDER, "public_id=draft"),
    "respond.delete": Row(SENDER, "public_id=draft"),
    "respond.draft_link": Row(frozenset({"citizen"}), "public_id=own_draft"),
    "respond.no_comments": Row(SENDER, "public_id=draft"),
    "respond.text": Row(SENDER, "public_id=draft"),
    "respond.offline": Row(EVERYBODY, "locale"),
    "respond.device": Row(EVERYBODY),
    "respond.receipt": Row(SENDER, "public_id=submission"),
    "respond.fact_check": Row(SENDER, "public_id=submission check_id=fact_check"),
    "respond.receipt_pdf": Row(SENDER, "public_id=submission"),
    "respond.amend": Row(SENDER, "public_id=submission"),
    "respond.withdraw": Row(SENDER, "public_id=submission"),
    "respond.erasure": Row(SENDER, "public_id=submission"),
    "respond.version": Row(SENDER, "public_id=submission number=version_number"),
    "respond.uses": Row(SENDER, "public_id=submission"),
    "respond.tell": Row(SENDER, "public_id=submission"),
    "respond.receipt_file": Row(SENDER, "public_id=submission file_id=file"),
    "respond.start_card": Row(EVERYBODY, "round_slug"),
    "respond.cards": Row(SENDER, "public_id=draft"),
    "respond.start_comment": Row(EVERYBODY, "round_slug section=section"),
    "respond.new_comment": Row(SENDER, "public_id=draft section=section"),
    "respond.comment": Row(SENDER, "public_id=draft comment_id=comment"),
    "respond.find_body": Row(EVERYBODY, "round_slug"),
    "respond.begin_file": Row(SENDER, "public_id=draft"),
    "respond.file_piece": Row(SENDER, "public_id=draft upload_id=upload"),
    "respond.files": Row(SENDER, "public_id=draft"),
    **{
        f"respond.{name}": Row(frozenset({"citizen"}), "public_id=council_draft file_id=draft_file")
        for name in ("draft_file", "remove_draft_file", "summarise_file")
    },
    **{
        f"respond.{name}": Row(frozenset({"citizen"}), "public_id=council_draft")
        for name in ("participants", "remarks", "confirmations")
    },
    "respond.remark": Row(frozenset({"citizen"}), "public_id=council_draft remark_id=remark"),
    "respond.confirm_link": Row(EVERYBODY, "token"),
    "respond.confirm": Row(EVERYBODY, "held=confirm_held"),
    "respond.table_link": Row(EVERYBODY, "token"),
    "respond.open_table": Row(EVERYBODY, "held=table_held"),
    **{
        f"respond.{name}": Row(frozenset(), "public_id=group")
        for name in ("table", "table_note", "table_approve")
    },
    "respond.table_note_remove": Row(frozenset(), "public_id=group note_id=note"),
    "desk.home": Row(DESK_SOMEWHERE),
    "desk.search_all": Row(DESK_SOMEWHERE),
    "desk.new_round": Row(COORDINATOR_SOMEWHERE),
    **{
        f"desk.{name}": Row(DESK, "round_slug")
        for name in (
            "overview",
            "answers",
            "bodies",
            "intake",
            "queue",
            "queue_filter_save",
            "bulk_actions",
            "review",
            "review_bursts",
            "search",
            "coding",
            "codebook",
            "matrix",
            "proposals",
            "documents",
        )
    },
    "desk.meetings": Row(DESK, "round_slug"),
    "desk.new_meeting": Row(HANDLERS, "round_slug"),
    "desk.meeting": Row(DESK, "round_slug meeting_id=meeting"),
    **{
        f"desk.meeting_{name}": Row(HANDLERS, "round_slug meeting_id=meeting")
        for name in (
            "details",
            "participants",
            "organisations",
            "organisation_remove",
            "validate",
            "group_add",
            "picture_add",
        )
    },
    "desk.meeting_group": Row(DESK, "round_slug group_id=group"),
    **{
        f"desk.meeting_{name}": Row(HANDLERS, "round_slug group_id=group")
        for name in ("link", "link_revoke", "note", "group_approve")
    },
    "desk.meeting_note_strike": Row(HANDLERS, "round_slug note_id=note"),
    "desk.meeting_picture_file": Row(DESK, "round_slug picture_id=picture version=picture_version"),
    **{
        f"desk.{name}": Row(HANDLERS, "round_slug picture_id=picture")
        for name in ("meeting_picture", "meeting_picture_publish", "meeting_picture_withdraw")
    },
    "desk.answer": Row(DESK, "round_slug number"),
    "desk.answer_file": Row(DESK, "round_slug number file_id=file"),
    "desk.answer_kind": Row(HANDLERS, "round_slug number"),
    "desk.answer_versions": Row(DESK, "round_slug number"),
    "desk.check_version": Row(HANDLERS, "round_slug number"),
    "desk.erasures": Row(COORDINATOR, "round_slug"),
    "desk.erasure": Row(COORDINATOR, "round_slug request_id=erasure"),
    "desk.show_themes_to_senders": Row(COORDINATOR, "round_slug"),
    "desk.answer_tasks": Row(DESK, "round_slug"),
    "desk.endorsements": Row(DESK, "round_slug"),
    "desk.endorsement": Row(DESK, "round_slug endorsement_id=endorsement"),
    "desk.decide_endorsement": Row(HANDLERS, "round_slug endorsement_id=endorsement"),
    "desk.check_sender": Row(HANDLERS, "round_slug number"),
    "desk.transcribe": Row(HANDLERS, "round_slug number file_id=video"),
    **{
        f"desk.{name}": Row(HANDLERS, "round_slug number file_id=file")
        for name in ("ask_about", "settle_answer_file")
    },
    "desk.begin_file": Row(HANDLERS, "round_slug"),
    "desk.file_piece": Row(frozenset({"officer"}), "round_slug upload_id=desk_upload"),
    "desk.scan_pages": Row(DESK, "round_slug number file_id=scan"),
    **{
        f"desk.{name}": Row(DESK, "round_slug number file_id=scan page=one")
        for name in ("scan_page", "scan_picture")
    },
    "desk.correct_scan_page": Row(HANDLERS, "round_slug number file_id=scan page=one"),
    "desk.machine_translation": Row(DESK, "round_slug number"),
    "desk.translate": Row(HANDLERS, "round_slug number position"),
    **{
        f"desk.{name}": Row(HANDLERS, "round_slug number")
        for name in ("answer_mark", "answer_merge", "answer_unmerge", "answer_read_back")
    },
    "desk.queue_change": Row(HANDLERS, "round_slug"),
    "desk.queue_filter_change": Row(frozenset({"officer"}), "round_slug filter_id=filter"),
    "desk.bulk_action": Row(DESK, "round_slug action_id=bulk"),
    "desk.bulk_undo": Row(HANDLERS, "round_slug action_id=bulk"),
    **{
        f"desk.answer_{name}": Row(HANDLERS, "round_slug number")
        for name in ("take", "let_go", "take_over", "work", "handled")
    },
    **{f"desk.answer_{name}": Row(DESK, "round_slug number") for name in ("read", "notes")},
    "desk.note_new": Row(HANDLERS, "round_slug number"),
    "desk.note_change": Row(frozenset({"officer"}), "round_slug post_id=note_post"),
    "desk.note_reply": Row(HANDLERS, "round_slug thread_id=note_thread"),
    "desk.note_step": Row(HANDLERS, "round_slug thread_id=note_thread step=note_step"),
    "desk.copies": Row(DESK, "round_slug"),
    "desk.decide_answer_copy": Row(HANDLERS, "round_slug number"),
    "desk.take_copy_back": Row(HANDLERS, "round_slug copy_id=text_copy"),
    "desk.cluster": Row(DESK, "round_slug cluster_id=cluster"),
    **{
        f"desk.{name}": Row(HANDLERS, "round_slug cluster_id=cluster")
        for name in ("decide_cluster", "take_cluster_back", "describe_campaign")
    },
    "desk.move_members": Row(HANDLERS, "round_slug cluster_id=cluster way=way_out"),
    "desk.counting": Row(DESK, "round_slug"),
    "desk.choose_counting": Row(HANDLERS, "round_slug"),
    "desk.answer_counting": Row(COORDINATOR, "round_slug choice_id=policy_choice"),
    **{
        f"desk.answer_{name}": Row(HANDLERS, "round_slug number")
        for name in ("beside", "not_beside", "supplement")
    },
    "desk.take_mark_back": Row(HANDLERS, "round_slug number=marked decision_id=decision"),
    "desk.to_check": Row(HANDLERS, "round_slug"),
    "desk.incoming_mail": Row(HANDLERS, "round_slug mail_id=mail"),
    **{
        f"desk.incoming_mail_{name}": Row(HANDLERS, "round_slug mail_id=mail")
        for name in ("original", "read", "set_aside", "take_up")
    },
    **{
        f"desk.incoming_mail_{name}": Row(HANDLERS, "round_slug mail_id=mail file_id=mail_file")
        for name in ("file", "file_read")
    },
    "desk.review_publishing": Row(COORDINATOR, "round_slug"),
    "desk.review_clear_bodies": Row(HANDLERS, "round_slug"),
    "desk.review_answer": Row(DESK, "round_slug number"),
    "desk.review_finding": Row(HANDLERS, "round_slug number finding_id=finding"),
    "desk.review_file": Row(HANDLERS, "round_slug number file_id=file"),
    "desk.review_variants": Row(DESK, "round_slug number"),
    "desk.review_edition": Row(HANDLERS, "round_slug number file_id=file"),
    "desk.review_replace": Row(HANDLERS, "round_slug number file_id=file"),
    "desk.review_hold": Row(HANDLERS, "round_slug number file_id=file"),
    "desk.review_redacted_file": Row(DESK, "round_slug number file_id=file"),
    "desk.review_words": Row(HANDLERS, "round_slug number"),
    "desk.review_put_back": Row(HANDLERS, "round_slug number redaction_id=redaction"),
    "desk.review_decide": Row(HANDLERS, "round_slug number"),
    "desk.review_refuse": Row(HANDLERS, "round_slug number"),
    "desk.review_burst": Row(DESK, "round_slug burst_id=burst"),
    "desk.review_burst_decide": Row(HANDLERS, "round_slug burst_id=burst"),
    "desk.review_burst_answer": Row(HANDLERS, "round_slug burst_id=burst number"),
    "desk.access": Row(DESK, "round_slug"),
    "desk.request_access": Row(HANDLERS, "round_slug"),
    "desk.access_state": Row(DESK, "round_slug package_id=package"),
    "desk.fetch_access": Row(HANDLERS, "round_slug package_id=package"),
    "desk.restart_access": Row(HANDLERS, "round_slug package_id=package"),
    "desk.document": Row(DESK, "round_slug document_id=document"),
    "desk.document_pdf": Row(DESK, "round_slug document_id=document"),
    "desk.document_docx": Row(DESK, "round_slug document_id=document"),
    "desk.document_pptx": Row(DESK, "round_slug document_id=document"),
    "desk.document_state": Row(DESK, "round_slug document_id=document"),
    "desk.request_summary": Row(HANDLERS, "round_slug"),
    "desk.snapshots": Row(DESK, "round_slug"),
    "desk.snapshot": Row(DESK, "round_slug snapshot_id=snapshot"),
    "desk.snapshot_data": Row(DESK, "round_slug snapshot_id=snapshot"),
    "desk.snapshot_new": Row(HANDLERS, "round_slug"),
    "desk.snapshot_take": Row(HANDLERS, "round_slug"),
    "desk.restart": Row(HANDLERS, "round_slug document_id=document"),
    "desk.intake_upload": Row(HANDLERS, "round_slug"),
    "desk.intake_by_hand": Row(HANDLERS, "round_slug"),
    "desk.letters": Row(COORDINATOR, "round_slug"),
    "desk.new_letter": Row(COORDINATOR, "round_slug"),
    "desk.send_letter": Row(COORDINATOR, "round_slug"),
    "desk.ask_the_sender": Row(HANDLERS, "round_slug number"),
    "desk.send_answer_on": Row(HANDLERS, "round_slug number"),
    "desk.letter_reply": Row(HANDLERS, "round_slug copy_id=letter_copy"),
    "desk.archives": Row(HANDLERS, "round_slug"),
    "desk.archive": Row(HANDLERS, "round_slug archive_id=archive"),
    "desk.tables": Row(HANDLERS, "round_slug"),
    "desk.table_template": Row(HANDLERS, "round_slug form=table_form"),
    **{
        f"desk.{name}": Row(HANDLERS, "round_slug table_id=table")
        for name in ("table", "register_table_rows", "table_original", "table_discard")
    },
    **{
        f"desk.intake_{name}": Row(HANDLERS, "round_slug import_id=import")
        for name in ("import", "original", "correct", "confirm", "discard")
    },
    **{
        f"desk.{name}": Row(COORDINATOR, "round_slug")
        for name in (
            "setup",
            "setup_texts",
            "setup_frame",
            "setup_dates",
            "setup_mails",
            "setup_small_groups",
            "setup_sections",
            "setup_proposals",
            "setup_questions",
            "add_section",
            "add_proposal",
            "choose_question_kind",
            "go_to_question_editor",
            "announce_round",
            "announce_round_now",
            "close_round",
            "cancel_round",
            "extend_deadline",
            "take_step",
            "invitations",
            "find_consultee",
            "import_consultees",
            "confirm_consultees",
            "send_invitations",
            "remind_silent",
        )
    },
    "desk.take_step": Row(COORDINATOR, "round_slug", {"target": "closed"}),
    "desk.add_question": Row(COORDINATOR, "round_slug kind=question_kind"),
    "desk.edit_section": Row(COORDINATOR, "round_slug key=section"),
    "desk.edit_proposal": Row(COORDINATOR, "round_slug key=proposal"),
    "desk.edit_question": Row(COORDINATOR, "round_slug key=question"),
    "desk.withhold_answers": Row(COORDINATOR, "round_slug key=question"),
    "desk.move_part": Row(COORDINATOR, "round_slug kind=part_kind key=question"),
    "desk.remove_part": Row(COORDINATOR, "round_slug kind=part_kind key=question"),
    "desk.add_consultee": Row(COORDINATOR, "round_slug organisation_slug", {"reason": "affected"}),
    **{
        f"desk.{name}": Row(COORDINATOR, "round_slug public_id=invitation")
        for name in ("edit_invitation", "set_own_deadline", "send_invitation", "remove_invitation")
    },
    **{
        f"desk.{name}": Row(DESK, "round_slug")
        for name in (
            "project_file",
            "matrix_file",
            "matrix_drawing",
            "passages",
            "passages_csv",
            "passages_xlsx",
            "quotes",
            "quotes_file",
        )
    },
    **{
        f"desk.{name}": Row(DESK, "round_slug view")
        for name in ("view", "view_table", "view_figure")
    },
    **{f"desk.{name}": Row(DESK, "round_slug") for name in ("matrix_file", "passages")},
    "desk.wording": Row(DESK, "round_slug key=question number"),
    "desk.theme": Row(DESK, "round_slug theme_key=theme"),
    **{
        f"desk.{name}": Row(COORDINATOR, "round_slug theme_key=theme")
        for name in ("theme_outcome", "theme_outcome_take_back")
    },
    **{
        f"desk.{name}": Row(DESK, "round_slug proposal_key=proposal")
        for name in ("proposal", "proposal_file", "proposal_drawing")
    },
    "desk.agreement": Row(DESK, "round_slug"),
    "desk.agreement_new": Row(HANDLERS, "round_slug"),
    **{
        f"desk.agreement_{name}": Row(DESK, "round_slug double_id=double_coding")
        for name in ("sample", "file", "differences")
    },
    "desk.agreement_passage": Row(
        frozenset({"coordinator"}), "round_slug double_id=double_coding number"
    ),
    "desk.agreement_decide": Row(HANDLERS, "round_slug difference_id=difference"),
    "desk.coding_answer": Row(DESK, "round_slug number"),
    "desk.coding_step": Row(DESK, "round_slug passage_id=passage step"),
    "desk.coding_uncoded": Row(DESK, "round_slug passage_id=passage"),
    **{
        f"desk.coding_{name}": Row(HANDLERS, "round_slug passage_id=passage")
        for name in ("memo", "part", "stance", "undo")
    },
    "desk.coding_apply": Row(HANDLERS, "round_slug passage_id=passage", {"theme": "tid"}),
    "desk.coding_remove": Row(HANDLERS, "round_slug passage_id=passage theme_key=theme"),
    "desk.suggestions": Row(DESK, "round_slug"),
    "desk.suggestions_switch": Row(HANDLERS, "round_slug state"),
    "desk.suggestion_accept": Row(HANDLERS, "round_slug passage_id=passage", {"theme": "tid"}),
    "desk.suggestion_stance": Row(HANDLERS, "round_slug passage_id=passage"),
    "desk.coding_stance_remove": Row(
        HANDLERS, "round_slug passage_id=passage proposal_key=proposal"
    ),
    "desk.codebook_history": Row(DESK, "round_slug"),
    "desk.codebook_version": Row(DESK, "round_slug version_id=codebook_version"),
    "desk.codebook_undo": Row(HANDLERS, "round_slug version_id=codebook_version"),
    **{
        f"desk.codebook_{name}": Row(HANDLERS, "round_slug theme_key=theme")
        for name in ("merge", "split")
    },
    **{
        f"desk.codebook_{name}": Row(HANDLERS, "round_slug theme_key=split_theme")
        for name in ("sort", "sort_undo")
    },
    "desk.codebook_new": Row(HANDLERS, "round_slug"),
    "desk.codebook_file": Row(DESK, "round_slug kind=codebook_kind"),
    **{f"desk.codebook_{name}": Row(HANDLERS, "round_slug") for name in ("import", "start")},
    "desk.codebook_example_add": Row(HANDLERS, "round_slug theme_key=theme"),
    "desk.codebook_example_remove": Row(HANDLERS, "round_slug example_id=theme_example"),
    "desk.passages_code": Row(HANDLERS, "round_slug"),
    "desk.passages_coded": Row(DESK, "round_slug together_id=together"),
    "desk.passages_uncode": Row(HANDLERS, "round_slug together_id=together"),
    "desk.passages_near": Row(DESK, "round_slug passage_id=passage"),
    "desk.passages_near_code": Row(HANDLERS, "round_slug passage_id=passage", {"theme": "tid"}),
    "desk.passage_history": Row(DESK, "round_slug passage_id=passage"),
    "desk.coding_example": Row(HANDLERS, "round_slug passage_id=passage theme_key=theme"),
    "desk.codebook_change": Row(HANDLERS, "round_slug theme_key=theme"),
    "desk.codebook_remove": Row(HANDLERS, "round_slug theme_key=theme"),
    "desk.codebook_shift": Row(HANDLERS, "round_slug theme_key=theme direction"),
    "desk.follow_up": Row(DESK, "round_slug"),
    "desk.measure": Row(DESK, "round_slug number=measure"),
    **{
        f"desk.measure_{name}": Row(COORDINATOR, "round_slug number=measure")
        for name in ("plan", "reply", "status")
    },
    **{
        f"desk.follow_up_{name}": Row(COORDINATOR, "round_slug")
        for name in ("remind", "accept", "delay", "change")
    },
    "desk.measure_evidence": Row(COORDINATOR, "round_slug number=measure"),
    "desk.evidence_file": Row(DESK, "round_slug number=measure file_id=measure_file"),
    "desk.evidence_change": Row(
        COORDINATOR, "round_slug number=measure file_id=measure_file act=evidence_act"
    ),
    "desk.follow_up_take": Row(COORDINATOR, "round_slug report_id=report"),
    "desk.follow_up_step": Row(COORDINATOR, "round_slug step=follow_step"),
    "desk.follow_up_decide": Row(COORDINATOR, "round_slug change_id=proposal_change"),
    **{
        f"desk.{name}": Row(DESK, "round_slug=programme")
        for name in ("programme", "findings", "findings_csv", "findings_xlsx", "group_questions")
    },
    "desk.programme_part": Row(COORDINATOR, "round_slug=programme invitation_id=programme_asked"),
    "desk.sub_report": Row(DESK, "round_slug=programme group_id=working_group"),
    "desk.sub_report_review": Row(COORDINATOR, "round_slug=programme group_id=working_group"),
    "desk.group_question": Row(HANDLERS, "round_slug=programme question_id=group_question"),
    "desk.findings_compare": Row(HANDLERS, "round_slug=programme theme_key=programme_theme"),
    "workspace.sub_report": Row(MEMBERS, "organisation=owner round_slug=programme_above"),
    "workspace.sub_report_send": Row(COORDINATOR, "organisation=owner round_slug=programme_above"),
    "workspace.mine": Row(SIGNED_IN),
    "workspace.home": Row(MEMBERS, "organisation=owner"),
    "workspace.attempts": Row(COORDINATOR, "organisation=owner"),
    "workspace.open_rounds": Row(MEMBERS, "organisation=owner"),
    "workspace.hearing": Row(MEMBERS, "organisation=owner round_slug"),
    **{
        f"workspace.{name}": Row(COORDINATOR, "organisation=owner round_slug=heard")
        for name in ("ask_branches", "remind_branches")
    },
    "workspace.case": Row(MEMBERS, "organisation=owner round_slug"),
    "workspace.give": Row(COORDINATOR | {"owner_drafter"}, "organisation=owner round_slug"),
    **{
        f"workspace.{name}": Row(COORDINATOR, "organisation=owner round_slug")
        for name in (
            "take_case",
            "hand_case_on",
            "decline_case",
            "plan_branches",
        )
    },
    "workspace.draft": Row(MEMBERS, "organisation=owner round_slug"),
    **{
        f"workspace.draft_{name}": Row(WRITERS, "organisation=owner round_slug")
        for name in ("begin", "leave_out", "parts", "take_back")
    },
    "workspace.draft_part": Row(WRITERS, "organisation=owner round_slug part_key=part"),
    "workspace.draft_insert": Row(WRITERS, "organisation=owner round_slug part_key=part"),
    "workspace.draft_arrange": Row(
        WRITERS, "organisation=owner round_slug part_key=part step=part_step"
    ),
    "workspace.draft_evidence": Row(
        WRITERS,
        "organisation=owner round_slug part_key=part evidence_id=evidence step=off",
    ),
    "workspace.draft_restore": Row(
        WRITERS, "organisation=owner round_slug removed_key=removed_part"
    ),
    "workspace.comments": Row(MEMBERS, "organisation=owner round_slug"),
    "workspace.comment_new": Row(WRITERS | SIGNATORY, "organisation=owner round_slug"),
    "workspace.comment_reply": Row(
        WRITERS | SIGNATORY, "organisation=owner round_slug thread_id=thread"
    ),
    "workspace.comment_step": Row(
        WRITERS | SIGNATORY, "organisation=owner round_slug thread_id=thread step=thread_step"
    ),
    "workspace.comment_change": Row(
        WRITERS | SIGNATORY, "organisation=owner round_slug post_id=post"
    ),
    "workspace.versions": Row(MEMBERS, "organisation=owner round_slug"),
    "public.draft_link": Row(EVERYBODY, "token"),
    "public.read_draft": Row(EVERYBODY, "held=reader_held"),
    "workspace.readers": Row(COORDINATOR, "organisation=owner round_slug kind"),
    "workspace.reader_end": Row(COORDINATOR, "organisation=owner round_slug kind reader_id=reader"),
    "workspace.outlines": Row(WRITERS, "organisation=owner"),
    "workspace.outline_save": Row(WRITERS, "organisation=owner round_slug kind"),
    **{
        f"workspace.outline{name}": Row(WRITERS, "organisation=owner outline_id=outline")
        for name in ("", "_remove")
    },
    **{
        f"workspace.outline_{name}": Row(
            WRITERS, "organisation=owner outline_id=outline place=outline_place"
        )
        for name in ("part", "drop")
    },
    "workspace.report_data": Row(MEMBERS, "organisation=owner round_slug kind"),
    "workspace.report_data_take_up": Row(WRITERS, "organisation=owner round_slug kind"),
    "workspace.fact_checks": Row(MEMBERS, "organisation=owner round_slug kind"),
    "workspace.fact_checks_ask": Row(WRITERS, "organisation=owner round_slug kind"),
    "workspace.fact_check_settle": Row(
        WRITERS, "organisation=owner round_slug kind check_id=fact_check"
    ),
    "workspace.report_preview": Row(MEMBERS, "organisation=owner round_slug kind"),
    "workspace.editions": Row(MEMBERS, "organisation=owner round_slug kind"),
    "workspace.edition_prepare": Row(COORDINATOR, "organisation=owner round_slug kind"),
    **{
        f"workspace.edition_{name}": Row(
            COORDINATOR, "organisation=owner round_slug kind=published_kind number=edition"
        )
        for name in ("publish", "restart", "errata", "withdraw")
    },
    "workspace.edition_file": Row(
        MEMBERS,
        "organisation=owner round_slug kind=published_kind number=edition format_name=format",
    ),
    "workspace.report_preview_docx": Row(MEMBERS, "organisation=owner round_slug kind"),
    "workspace.report_preview_pptx": Row(MEMBERS, "organisation=owner round_slug kind"),
    "workspace.report_checks": Row(MEMBERS, "organisation=owner round_slug kind"),
    "workspace.check_sign": Row(WRITERS, "organisation=owner round_slug kind code=check_code"),
    "workspace.check_reopen": Row(
        WRITERS, "organisation=owner round_slug kind clearance_id=clearance"
    ),
    "workspace.recommendations": Row(MEMBERS, "organisation=owner round_slug kind"),
    "workspace.recommendation": Row(
        MEMBERS, "organisation=owner round_slug kind recommendation_id=recommendation"
    ),
    "workspace.recommendation_new": Row(WRITERS, "organisation=owner round_slug kind"),
    **{
        f"workspace.recommendation_{name}": Row(
            WRITERS, "organisation=owner round_slug kind recommendation_id=recommendation"
        )
        for name in ("change", "move", "passages")
    },
    "workspace.recommendation_arrange": Row(
        WRITERS,
        "organisation=owner round_slug kind recommendation_id=recommendation step=part_step",
    ),
    "workspace.ground_new": Row(WRITERS, "organisation=owner round_slug kind"),
    "workspace.ground_take": Row(
        WRITERS,
        "organisation=owner round_slug kind recommendation_id=recommendation ground_id=ground",
    ),
    "workspace.draft_ground": Row(WRITERS, "organisation=owner round_slug kind"),
    **{
        f"workspace.synoptic_{form}": Row(DESK, "organisation=owner round_slug kind")
        for form in ("csv", "xlsx")
    },
    "workspace.synoptic": Row(MEMBERS, "organisation=owner round_slug kind"),
    "workspace.bound_values": Row(
        WRITERS, "organisation=owner round_slug kind part_key=report_part"
    ),
    "workspace.bound_insert": Row(
        WRITERS, "organisation=owner round_slug kind part_key=report_part"
    ),
    "workspace.bound_read": Row(WRITERS, "organisation=owner round_slug kind code=check_code"),
    "workspace.version_save": Row(WRITERS, "organisation=owner round_slug"),
    "workspace.version": Row(MEMBERS, "organisation=owner round_slug number=version_number"),
    "workspace.version_diff": Row(MEMBERS, "organisation=owner round_slug"),
    "workspace.part_history": Row(MEMBERS, "organisation=owner round_slug part_key=part"),
    **{
        f"workspace.word{name}": Row(WRITERS, "organisation=owner round_slug")
        for name in ("", "_out", "_in")
    },
    "workspace.word_file": Row(MEMBERS, "organisation=owner round_slug number=version_number"),
    **{
        f"workspace.word_{name}": Row(
            WRITERS, "organisation=owner round_slug return_id=word_return"
        )
        for name in ("return", "original", "decide")
    },
    "workspace.part_restore": Row(WRITERS, "organisation=owner round_slug"),
    "workspace.sign_off": Row(MEMBERS, "organisation=owner round_slug"),
    **{
        f"workspace.sign_off_{name}": Row(allowed, "organisation=owner round_slug")
        for name, allowed in (
            ("start", WRITERS),
            ("stop", WRITERS),
            ("sign", SIGNATORY),
            ("return", SIGNATORY),
            ("hand_on", SIGNATORY | COORDINATOR),
        )
    },
    "workspace.send": Row(MEMBERS, "organisation=owner round_slug"),
    "workspace.send_now": Row(COORDINATOR, "organisation=owner round_slug"),
    "workspace.withdraw_response": Row(COORDINATOR, "organisation=owner round_slug"),
    "workspace.register": Row(MEMBERS, "organisation=owner"),
    "workspace.register_file": Row(MEMBERS, "organisation=owner"),
    "workspace.supplement": Row(COORDINATOR, "organisation=owner round_slug"),
    "workspace.enclosures": Row(COORDINATOR, "organisation=owner round_slug"),
    "workspace.enclosure_file": Row(MEMBERS, "organisation=owner round_slug file_id=enclosure"),
    "workspace.remove_enclosed": Row(
        COORDINATOR, "organisation=owner round_slug file_id=enclosure"
    ),
    "workspace.letter_head": Row(WRITERS, "organisation=owner round_slug"),
    **{
        f"workspace.{name}": Row(MEMBERS, "organisation=owner round_slug")
        for name in ("letter_as_pdf", "letter_as_word")
    },
    "workspace.joint": Row(MEMBERS, "organisation=owner round_slug"),
    "workspace.joint_ask": Row(COORDINATOR, "organisation=owner round_slug"),
    "workspace.joint_asked": Row(MEMBERS, "organisation=owner joint_id=joint"),
    **{
        f"workspace.{name}": Row(COORDINATOR, "organisation=owner joint_id=joint")
        for name in ("joint_confirm", "joint_decline")
    },
    **{
        f"workspace.{name}": Row(COORDINATOR, "organisation=owner round_slug joint_id=our_joint")
        for name in ("joint_remind", "joint_take_back")
    },
    "workspace.join": Row(MEMBERS, "organisation=owner round_slug"),
    "workspace.join_answer": Row(COORDINATOR, "organisation=owner round_slug number"),
    "workspace.join_body": Row(COORDINATOR, "organisation=owner round_slug body=organisation"),
    **{
        f"workspace.{name}": Row(COORDINATOR, "organisation=owner round_slug")
        for name in ("join_keep", "join_withdraw", "answer_as_ourselves")
    },
    "workspace.in_whose_name": Row(MEMBERS, "organisation=owner round_slug"),
    "workspace.answer_for": Row(COORDINATOR, "organisation=owner round_slug body=organisation"),
    "workspace.in_our_name": Row(MEMBERS, "organisation=owner submission_id=in_name"),
    "workspace.say_whose": Row(COORDINATOR, "organisation=owner submission_id=in_name"),
    "workspace.compare": Row(MEMBERS, "organisation=owner round_slug"),
    "workspace.feedback": Row(MEMBERS, "organisation=owner round_slug"),
    "workspace.feedback_send": Row(WRITERS, "organisation=owner round_slug=heard"),
    "workspace.feedback_branch": Row(
        MEMBERS, "organisation=owner round_slug=heard answer_id=heard_answer"
    ),
    "workspace.feedback_write": Row(
        WRITERS, "organisation=owner round_slug=heard answer_id=heard_answer"
    ),
    "workspace.members": Row(MEMBERS, "organisation=owner"),
    "workspace.ask": Row(SIGNED_IN, "organisation=owner"),
    "workspace.give_role": Row(COORDINATOR, "organisation=owner"),
    "workspace.change_role": Row(COORDINATOR, "organisation=owner membership_id=membership"),
    **{
        f"workspace.{name}": Row(COORDINATOR, "organisation=owner request_id=access_request")
        for name in ("access_request", "approve_access", "decline_access")
    },
    **{
        f"workspace.{name}": Row(COORDINATOR, "organisation=owner")
        for name in ("bodies", "register_body")
    },
    **{
        f"workspace.{name}": Row(COORDINATOR, "organisation=owner body=branch")
        for name in ("body", "change_body", "rename_body", "end_body")
    },
    "workspace.take_back_change": Row(
        COORDINATOR, "organisation=owner body=branch event_id=change"
    ),
    **{
        f"admin.{name}": Row(ADMIN)
        for name in (
            "index",
            "organisations",
            "register_organisation",
            "people",
            "log",
            "check_log",
            "mail",
            "send_all_mail_again",
        )
    },
    "admin.organisation": Row(ADMIN, "slug=organisation"),
    "admin.change_organisation": Row(ADMIN, "slug=organisation"),
    **{
        f"admin.{name}": Row(ADMIN, "slug=organisation")
        for name in ("new_name", "new_number", "end_organisation")
    },
    "admin.take_back_event": Row(ADMIN, "event_id=change"),
    "admin.add_member": Row(ADMIN, "slug=organisation"),
    "admin.end_role": Row(ADMIN, "public_id=membership"),
    "admin.person": Row(ADMIN, "public_id=person"),
    "admin.deactivate": Row(ADMIN, "public_id=person"),
    "admin.reactivate": Row(ADMIN, "public_id=person"),
    "admin.send_mail_again": Row(ADMIN, "public_id=failed"),
}


def _rules(app: Flask) -> Iterator[tuple[str, str]]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "DELETE", "PATCH"}):
            yield rule.endpoint, method


@pytest.fixture(scope="module")
def world(session_app) -> Iterator[World]:
    """One world for all cells: each request's traces are rolled back."""
    with rolled_back(session_app):
        yield make_world(Factory())


@pytest.fixture(scope="module")
def browsers(session_app, world) -> dict[str, PageClient]:
    """A browser for each role; every request starts from what it holds now."""
    return {role: _browser_of(session_app, world, world.people.get(role)) for role in ROLES}


def _browser_of(app: Flask, world: World, person: Login | None) -> PageClient:
    client = PageClient(app).hold_links(world.links)
    return client if person is None else client.sign_in(person)


def _address(app: Flask, world: World, endpoint: str) -> str:
    pairs = (pair.split("=") for pair in TABLE[endpoint].values.split())
    values = {pair[0]: world.things[pair[-1]] for pair in pairs}
    return app.url_map.bind("localhost").build(endpoint, values, force_external=False)


def test_every_endpoint_stands_in_the_table(session_app):
    assert {endpoint for endpoint, _method in _rules(session_app)} == set(TABLE)


@pytest.mark.parametrize("endpoint", TABLE)
def test_access(session_app, world, browsers, endpoint):
    app = session_app
    path = _address(app, world, endpoint)
    for _endpoint, method in (rule for rule in _rules(app) if rule[0] == endpoint):
        for role in ROLES:
            form = TABLE[endpoint].form
            status, location = _request(browsers[role], path, method, form)
            cell = f"{method} {path} as {role}: {status} {location}"
            if role in TABLE[endpoint].allowed:
                assert status in {200, 302, 303, 400, 409, 422}, cell
                assert not location.startswith("/sign-in?"), cell
            elif role == "visitor" and method == "GET":
                assert status == 302, cell
                assert location.startswith("/sign-in?next="), cell
            else:
                assert status == 404, cell


def test_a_report_is_as_closed_as_a_response(session_app, world, browsers):
    """The rooms that a response and a report share, at the report's addresses."""
    binding = session_app.url_map.bind("localhost")
    rules = session_app.url_map.iter_rules()
    rooms = {rule.endpoint for rule in rules if "/reports/<slug:round_slug>/" in rule.rule}
    assert len(rooms) > 25
    for endpoint in rooms:
        pairs = (pair.split("=") for pair in TABLE[endpoint].values.split())
        values = {pair[0]: world.things[pair[-1]] for pair in pairs} | {"kind": "report"}
        path = binding.build(endpoint, values, force_external=False)
        assert "/reports/" in path
        for method in sorted({method for name, method in _rules(session_app) if name == endpoint}):
            for role in set(ROLES) - TABLE[endpoint].allowed:
                status, location = _request(browsers[role], path, method, {})
                cell = f"{method} {path} as {role}: {status} {location}"
                asked_to_sign_in = status == 302 and location.startswith("/sign-in?next=")
                assert status == 404 or (role == "visitor" and asked_to_sign_in), cell


def _request(browser: PageClient, path: str, method: str, form: dict[str, str]) -> tuple[int, str]:
    data = {"csrf_token": browser.csrf_token(), **form} if method == "POST" else None
    client = browser.copy()
    savepoint = db.engine.begin_nested()
    try:
        response = client.raw(path, method=method, data=data)
        return response.status_code, response.headers.get("Location", "")
    finally:
        savepoint.rollback()
