"""The Rules sheet: its columns, and the pairs of cells behind them."""

from scheduler.io.cells.columns import Column, Kind, Sheet

# Laid out by hand, a column after the other; one argument a line would hide the table.
# fmt: off
_STRENGTH = {
    "must": "must", "prefer": "prefer", "report": "report", "off": "off", "必须": "must", "优先": "prefer",
    "尽量": "prefer", "仅报告": "report", "关闭": "off", "muss": "must", "bevorzugt": "prefer",
    "melden": "report", "aus": "off",
}

RULES = Sheet(
    "rules", "Rules", "规则",
    "The rules of the roster: each must, prefer (at a price), report or off, and for whom. See the sheet "
    "Rule list.",
    (
        Column(
            "kind", "Rule", "规则", Kind.TEXT, "Which rule; the sheet Rule list shows all of them.",
            needed=True, aliases=("rule kind",), width=30
        ),
        Column(
            "label", "Label", "标签", Kind.TEXT,
            "What reports call it; needed where the same rule stands here twice.", width=20
        ),
        Column(
            "strength", "Strength", "强度", Kind.CHOICE,
            "must: never broken; prefer: broken at its price; report: checked and told, but not planned for; "
            "off: not looked at. Left out, it is what the Rule list says.", choices=_STRENGTH, width=10
        ),
        Column(
            "price", "Price", "价格", Kind.PRICE,
            "Only for prefer: currency per unit broken (per hour or per occurrence, see Rule list).",
            aliases=("price per unit",), least=0, width=10
        ),
        Column(
            "agents", "Agents", "员工", Kind.NAMES, "Only these agents; blank is everyone.",
            names_from="agents", width=16
        ),
        Column(
            "contracts", "Contracts", "合同", Kind.NAMES, "Only these contracts.", names_from="contracts",
            width=16
        ),
        Column("teams", "Teams", "团队", Kind.NAMES, "Only these teams.", names_from="teams"),
        Column(
            "skills", "Skills", "技能", Kind.NAMES, "Only agents with one of these skills.",
            names_from="skills"
        ),
        Column(
            "templates", "Shifts", "班次", Kind.NAMES, "Only shifts of these templates.", names_from="shifts",
            width=16
        ),
        Column("first_day", "First day", "开始日期", Kind.DATE, "Only from this date on.", width=12),
        Column("last_day", "Last day", "结束日期", Kind.DATE, "Only up to this date, included.", width=12),
        Column(
            "only_days", "Only days", "仅限日期", Kind.RULE_DAYS,
            "Only these weekdays or dates: Sun; holidays are those of the sheet Holidays.", width=16
        ),
        Column(
            "instead_of", "Instead of", "替代", Kind.TEXT,
            "Label of a wider rule of the same kind that does not hold for whom this row covers.", width=16
        ),
        Column(
            "source", "Source", "依据", Kind.TEXT,
            "Where the rule comes from: an article of law, an agreement. It is kept, and not planned by.",
            width=30
        ),
    ),
    needed=True,
)
"""Behind these columns, before the last one, stand pairs ``Setting 1``, ``Value 1`` and so on, and
``In words``, which is not read."""
# fmt: on

BEFORE_SETTINGS, SOURCE = RULES.columns[:-1], RULES.columns[-1]

SETTING = ("Setting", "参数")
VALUE = ("Value", "值")
IN_WORDS = ("In words", "说明")
