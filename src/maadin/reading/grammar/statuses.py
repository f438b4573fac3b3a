"""The status of a measure, its condition, and whether the text denies a statement."""

from __future__ import annotations

from datetime import date as day
from datetime import timedelta

from maadin.reading.grammar import connectives
from maadin.reading.grammar.clauses import clause
from maadin.reading.grammar.context import Context, Draft
from maadin.reading.grammar.evidence import BUILT
from maadin.reading.grammar.governors import Governor, governor
from maadin.reading.grammar.refusals import refused as turned_down
from maadin.reading.grammar.restrictions import RESTRICTIONS, not_to_be, takes_over
from maadin.reading.grammar.stages import refined
from maadin.reading.model import Mention, Moment

_DEFAULT = {
    "tariff": "in_force", "ban": "in_force", "quota": "in_force", "export_control": "in_force", "sanction": "in_force", "supply_offer": "proposed",
    "joint_venture": "proposed", "capacity_project": "announced", "fund": "announced", "price_support": "announced", "territory": "proposed",
}  # fmt: skip
_NEGATED = {
    "announced": "considered",
    "considered": "considered",
    "proposed": "proposed",
    "threatened": "considered",
}  # and the text denies it
_NEAR, _DENIED, _DENIAL, _BEFORE = 3.0, 6.0, 9.0, 3
_WISHED = 4.0  # words between a verb of wishing and the work it is about
_LEADS = 4  # words from a verb of the future to what it tells of
_LONG = 60  # days after which what was announced is taken to be in force
_LIFTED = ("رفع", "lift")
_RAISED = "رفع"  # lifts a ban, but raises a rate


def status(ctx: Context, d: Draft) -> tuple[str, bool]:
    """How far a measure has come, and whether the text affirms it.

    What is ruled out or refused to be lifted stays in force; what is not ruled out is considered; a plan denied is one considered and not affirmed.
    """
    if d.rule == "exemption":
        return "exempted", True
    if turned_down(ctx, d.anchor):
        return "rejected", True
    default = _DEFAULT.get(str(d.fields.get("instrument")), "announced")
    if not_to_be(ctx, d.anchor):
        return "rejected", False
    governs = governor(ctx, d.anchor, unless="exempted" if "value" in d.fields else "")
    told = refined(ctx, d, governs, _told(ctx, d, governs, default))
    lead = governs.mention if governs and governs.mention.first < d.anchor.first else d.anchor
    refused = _refusal(ctx, lead)
    if refused is not None and told != "rejected":
        if told in ("ended", "suspended", "eased", "withdrawn"):
            return "in_force", True
        return (_NEGATED.get(told, told), False) if refused.traits.get("weak") else ("rejected", True)
    if told == "rejected" and governs is not None:
        if _negated(ctx, governs.mention):
            return "considered", True
        if (inner := _inner(ctx, governs.mention, d.anchor)) in ("ended", "suspended", "eased"):
            return "in_force", True
        if governs.mention.traits.get("weak"):
            return _NEGATED.get(inner, "proposed" if default == "proposed" else "considered"), False
        return "rejected", True
    if _negated(ctx, lead) or (lead is not d.anchor and _negated(ctx, d.anchor)):
        if told in ("ended", "suspended", "eased"):
            return "in_force", True
        return _NEGATED.get(told, told), False
    return told, True


def dated(ctx: Context, d: Draft, told: str, date: str | None, published: day | None) -> str:
    """The status by the date: what is in force only from a later day on is announced; a restriction announced long ago is in force."""
    if date is None or published is None:
        return told
    if any(m.value.until and m.value.text == date for m in ctx.sentence.of("date") if isinstance(m.value, Moment)):
        return "suspended" if told == "ended" else told
    now = published.isoformat()[: len(date)]
    if told == "in_force" and "Q" not in date and date > now:
        return "announced"
    long_ago = (published - timedelta(days=_LONG)).isoformat()[: len(date)]
    if told != "announced" or d.fields["instrument"] not in RESTRICTIONS or "Q" in date or date >= long_ago:
        return told
    governs = governor(ctx, d.anchor)
    return told if governs is not None and governs.mention.traits.get("tense") == "future" else "in_force"


def _told(ctx: Context, d: Draft, governs: Governor | None, default: str) -> str:
    """The status that the governing word tells, where it fits the instrument."""
    instrument, m = str(d.fields.get("instrument")), d.anchor
    if work := m.traits.get("work"):
        return _of_work(ctx, m, str(work), governs)
    if (
        m.id in RESTRICTIONS
        and m.traits.get("part") == "verb"
        and m.traits.get("tense") == "past"
        and ctx.scene.before(m) != ["be"]
        and (governs is None or governs.mention.id in ("announced", "considered"))
    ):
        return "in_force"
    if m.traits.get("deal") and (governs is None or governs.mention.traits.get("weak")):
        return _of_deal(m, governs)
    if governs is None and m.traits.get("part") == "verb" and ctx.scene.before(m) == ["to"]:
        return "announced"  # a headline: "UK to block imports"
    if governs is None:
        ahead = _future(ctx, m) or m.traits.get("tense") == "future"
        return "announced" if default == "in_force" and ahead else default
    told = governs.mention.id
    if told == "superseded" and takes_over(ctx, m):
        return "announced" if set(ctx.scene.before(governs.mention)) & connectives.words("will_be") or _future(ctx, m) else "in_force"
    if governs.mention.traits.get("tense") == "present" and set(ctx.scene.before(governs.mention)) & connectives.words("may"):
        return "considered"
    if (
        instrument == "quota"
        and "value" in d.fields
        and (told == "eased" or (m.traits.get("sized") and governs.mention.traits.get("weak")))
    ):
        return "announced"
    if told == "in_force" and instrument in BUILT and governs.mention.traits.get("part") == "noun":
        return default  # "agreed on carrying out joint projects"
    if instrument in ("supply_offer", "territory") and told in ("considered", "announced", "in_force"):
        return "proposed"
    if instrument not in RESTRICTIONS and told == "ended" and governs.mention.form.key.startswith(_LIFTED):
        return default  # "would lift its capacity"
    if instrument == "tariff" and told == "ended" and "value" in d.fields and _raised(ctx, d, governs.mention):
        return "in_force"
    if instrument == "export_control" and told in ("suspended", "ended", "withdrawn") and _permits(ctx, m):
        return "in_force"
    return told


def _of_work(ctx: Context, m: Mention, work: str, governs: Governor | None) -> str:
    """How far a work on a plant has come: what leads to the act, else what the act tells by itself."""
    act = m.value
    lead = [
        s
        for s in ctx.sentence.of("status")
        if s.first < act.last and (ctx.scene.overlaps(s, act) or (s.last <= act.first and ctx.scene.gap(s, act) <= _WISHED))
    ]
    wished = next(
        (s.id for s in reversed(lead) if s.id in ("considered", "proposed", "rejected", "threatened", "suspended", "withdrawn")), None
    )
    if wished is not None:
        return wished
    tense = act.traits.get("tense")
    lead = [s for s in lead if s.last <= act.first]
    if work == "in_force" and (
        act.form.key in ("will", "would") or tense in ("bare", "gerund", "present") or act.traits["part"] == "noun" or lead
    ):
        return "announced"
    return "announced" if lead and work in ("suspended", "ended") and tense == "bare" else work


def _of_deal(m: Mention, governs: Governor | None) -> str:
    """How far a venture has come that no strong word governs: an agreement stands, a helping hand is offered."""
    if governs is not None and governs.mention.id != "announced":
        return governs.mention.id
    return "proposed" if m.traits["deal"] == "helping" else "announced"


def _raised(ctx: Context, d: Draft, s: Mention) -> bool:
    """Whether a word for lifting means that a rate is raised: "was lifted to 50%", "رفعت الرسوم"."""
    to_level = any(isinstance(a, Mention) and a.kind == "quantity" and ctx.scene.before(a) == ["to"] for a in d.anchors)
    return s.form.key.startswith(_RAISED) or to_level


def _permits(ctx: Context, m: Mention) -> bool:
    """Whether what is stopped are the licences, which leaves nothing to export: "suspended export permits"."""
    return any(w.key in connectives.words("leave_to_export") for w in ctx.scene.words[m.first : m.last])


def _future(ctx: Context, m: Mention) -> bool:
    """Whether an Arabic verb of the future leads to a word: "ستبلغ الرسوم"."""
    return any(f.before.endswith("س") for w in ctx.scene.words[max(0, m.first - _LEADS) : m.first] for f in w.forms[:1])


def _negated(ctx: Context, m: Mention) -> bool:
    """Whether a negation stands right before a word, or inside what it says."""
    return any(n.last <= m.first and m.first - n.last <= _BEFORE and ctx.scene.gap(n, m) <= _NEAR for n in ctx.sentence.of("negation"))


def _refusal(ctx: Context, m: Mention) -> Mention | None:
    return next((s for s in ctx.sentence.of("status") if s.id == "rejected" and s.last <= m.first and ctx.scene.gap(s, m) <= _DENIED), None)


def _inner(ctx: Context, outer: Mention, m: Mention) -> str:
    """What is denied or refused: the status between the refusal and the instrument."""
    between = [
        s for s in ctx.sentence.of("status") if s is not outer and outer.last <= s.first < m.last and ctx.scene.gap(outer, s) <= _DENIAL
    ]
    return between[-1].id if between else ""


def condition(ctx: Context, d: Draft) -> str | None:
    """The condition of an offer or measure, as the text writes it: from "if" to the end of its clause."""
    for m in ctx.sentence.of("condition"):
        if ctx.scene.gap(m, d.anchor) <= 30.0 and not _of_another(ctx, m, d):
            stop = next(
                (i for i in range(m.last, len(ctx.scene.words)) if ctx.scene.words[i].text in (",", "،", ";", "؛")), len(ctx.scene.words)
            )
            words = ctx.scene.words[m.first : min(stop, m.first + 25)]
            if len(words) > 1:
                while words[-1].what == "mark":
                    words = words[:-1]
                return " ".join(w.text for w in words)
    return None


def _of_another(ctx: Context, c: Mention, d: Draft) -> bool:
    """Whether a condition that follows belongs to another act, told between."""
    if (
        c.last <= d.anchor.first
        and clause(ctx, d.anchor.first) > c.last
        and any(o.last <= c.first and not o.traits.get("weak") for o in ctx.sentence.of("instrument"))
    ):
        return True  # "offered 2 Mt if the curbs are lifted, and suggested a venture"
    between = [o for o in ctx.sentence.of("instrument") if d.anchor.last <= o.first and o.last <= c.first and not o.traits.get("weak")]
    return any(o.id != d.fields["instrument"] and o.id in ("supply_offer", *RESTRICTIONS) for o in between)


def _at_no_time(ctx: Context, lead: int) -> bool:
    """Whether a clause opens with "at no point", "in no year"; what comes first in the sentence is then denied."""
    times = connectives.words("no_time")
    at = next((n.last for n in ctx.sentence.of("negation") if n.last <= lead and ctx.scene.words[n.last].key in times), None)
    return at is not None and not any(at <= q.first < q.last <= lead for q in ctx.quantities)


def denied(ctx: Context, d: Draft) -> bool:
    """Whether a negation stands just before what a claim is read from."""
    lead = min(
        (a.first for a in d.anchors if isinstance(a, Mention) and a.kind in ("metric", "quality", "rank", "quantity", "share")),
        default=d.anchor.first,
    )
    return any(m.last <= lead and lead - m.last <= 4 for m in ctx.sentence.of("negation")) or _at_no_time(ctx, lead)
