"""The people of the demonstration: fictional, marked so, of use in demo mode only.

load_people()               organisations of the region pack and the demo people; idempotent
enterprise_user(uscc, …)    somebody who looks at one enterprise from inside
bank_user(uscc)             somebody of a bank, who sees the credit lists sent to it
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from phaseout.accounts.models import AccountEvent, Post, User
from phaseout.accounts.organisations import REGION_CODE, load_organisations
from phaseout.accounts.powers import Role
from phaseout.law.opinions import CITIES
from phaseout.law.refusals import Refusal

MARK = "（演示）"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One demo person and the one post the person holds."""

    username: str
    name: str
    role: Role
    function: str
    division_code: str = REGION_CODE


PEOPLE = (
    DemoPerson("eic-officer", "马知远", Role.OFFICER, "eic"),
    DemoPerson("eic-reviewer", "丁若水", Role.REVIEWER, "eic"),
    DemoPerson("epd-officer", "杨采薇", Role.OFFICER, "epd"),
    DemoPerson("epd-reviewer", "纳兰亭", Role.REVIEWER, "epd"),
    DemoPerson("qts-officer", "金听松", Role.OFFICER, "qts"),
    DemoPerson("qts-reviewer", "海望舒", Role.REVIEWER, "qts"),
    DemoPerson("wsb-officer", "田牧野", Role.OFFICER, "wsb"),
    DemoPerson("wsb-reviewer", "白云起", Role.REVIEWER, "wsb"),
    DemoPerson("cms-officer", "石问渠", Role.OFFICER, "cms"),
    DemoPerson("cms-reviewer", "顾南星", Role.REVIEWER, "cms"),
    DemoPerson("drc-officer", "沙临溪", Role.OFFICER, "drc"),
    DemoPerson("drc-reviewer", "柳如砚", Role.REVIEWER, "drc"),
    DemoPerson("yinchuan-officer", "李枕流", Role.OFFICER, CITIES, "640100"),
    DemoPerson("shizuishan-officer", "哈青梧", Role.OFFICER, CITIES, "640200"),
    DemoPerson("grid-officer", "闵守灯", Role.OFFICER, "grid"),
    DemoPerson("hr-officer", "陆问津", Role.OFFICER, "hr"),
    DemoPerson("price-officer", "骆平澜", Role.OFFICER, "price"),
    DemoPerson("finance-officer", "钱沐阳", Role.OFFICER, "finance"),
    DemoPerson("land-officer", "田一诺", Role.OFFICER, "land"),
    DemoPerson("tax-officer", "舒清源", Role.OFFICER, "tax_local"),
    DemoPerson("tax-state-officer", "祁远帆", Role.OFFICER, "tax_state"),
    DemoPerson("pbc-officer", "宗衡", Role.OFFICER, "pbc"),
    DemoPerson("cbrc-officer", "简慎言", Role.OFFICER, "cbrc"),
    DemoPerson("leader", "周砺山", Role.LEADER, "government"),
    DemoPerson("eic-leader", "罗星野", Role.LEADER, "eic"),
    DemoPerson("epd-leader", "冶长风", Role.LEADER, "epd"),
    DemoPerson("qts-leader", "买望山", Role.LEADER, "qts"),
    DemoPerson("wsb-leader", "锁安澜", Role.LEADER, "wsb"),
    DemoPerson("cms-leader", "洪涉川", Role.LEADER, "cms"),
    DemoPerson("drc-leader", "余知白", Role.LEADER, "drc"),
    DemoPerson("finance-leader", "纪衡川", Role.LEADER, "finance"),
    DemoPerson("hr-leader", "江济舟", Role.LEADER, "hr"),
    DemoPerson("price-leader", "岳持衡", Role.LEADER, "price"),
    DemoPerson("yinchuan-leader", "韩栖梧", Role.LEADER, CITIES, "640100"),
    DemoPerson("shizuishan-leader", "冯岱青", Role.LEADER, CITIES, "640200"),
    DemoPerson("eic-inspector", "撒知秋", Role.INSPECTOR, "eic"),
    DemoPerson("eic-inspector-2", "蔺望川", Role.INSPECTOR, "eic"),
    DemoPerson("epd-inspector", "何照溪", Role.INSPECTOR, "epd"),
    DemoPerson("qts-inspector", "谢临川", Role.INSPECTOR, "qts"),
    DemoPerson("wsb-inspector", "勉思齐", Role.INSPECTOR, "wsb"),
    DemoPerson("cms-inspector", "穆行远", Role.INSPECTOR, "cms"),
    DemoPerson("drc-inspector", "摆云舟", Role.INSPECTOR, "drc"),
    DemoPerson("yinchuan-reviewer", "祝晚舟", Role.REVIEWER, CITIES, "640100"),
    DemoPerson("yinchuan-inspector", "牟行简", Role.INSPECTOR, CITIES, "640100"),
    DemoPerson("shizuishan-reviewer", "邬听雪", Role.REVIEWER, CITIES, "640200"),
    DemoPerson("shizuishan-inspector", "尉迟安", Role.INSPECTOR, CITIES, "640200"),
    DemoPerson("wuzhong-officer", "滕扶疏", Role.OFFICER, CITIES, "640300"),
    DemoPerson("wuzhong-reviewer", "晏清河", Role.REVIEWER, CITIES, "640300"),
    DemoPerson("wuzhong-leader", "司空远", Role.LEADER, CITIES, "640300"),
    DemoPerson("wuzhong-inspector", "阮照野", Role.INSPECTOR, CITIES, "640300"),
    DemoPerson("guyuan-officer", "蒲怀瑾", Role.OFFICER, CITIES, "640400"),
    DemoPerson("guyuan-reviewer", "容若谷", Role.REVIEWER, CITIES, "640400"),
    DemoPerson("guyuan-leader", "公孙望", Role.LEADER, CITIES, "640400"),
    DemoPerson("guyuan-inspector", "桑榆晚", Role.INSPECTOR, CITIES, "640400"),
    DemoPerson("zhongwei-officer", "濮阳舒", Role.OFFICER, CITIES, "640500"),
    DemoPerson("zhongwei-reviewer", "温行止", Role.REVIEWER, CITIES, "640500"),
    DemoPerson("zhongwei-leader", "夏侯朗", Role.LEADER, CITIES, "640500"),
    DemoPerson("zhongwei-inspector", "蓝田玉", Role.INSPECTOR, CITIES, "640500"),
    DemoPerson("auditor", "苏明鉴", Role.AUDITOR, "inspection"),
    DemoPerson("administrator", "钟守正", Role.ADMINISTRATOR, "eic"),
)


def load_people() -> list[User]:
    """See that organisations and demo people are there, each once; in the order of `PEOPLE`.

    Raises:
        Refusal: `demo_only` outside demo mode.
    """
    _demo_only()
    load_organisations()
    return [
        _person(
            p.username,
            p.name,
            Post(role=p.role, function=p.function, division_code=p.division_code),
        )
        for p in PEOPLE
    ]


def enterprise_user(uscc: str, name: str = "") -> User:
    """The demo person of an enterprise, called after it where its name is given; made once.

    Raises:
        Refusal: `demo_only` outside demo mode.
    """
    _demo_only()
    return _person(
        f"enterprise-{uscc}",
        f"{name[:40]}联系人" if name else "企业联系人",
        Post(role=Role.ENTERPRISE, uscc=uscc),
    )


def bank_user(uscc: str) -> User:
    """The demo person of a bank; made once.

    Raises:
        Refusal: `demo_only` outside demo mode.
    """
    _demo_only()
    return _person(f"bank-{uscc}", "银行信贷联系人", Post(role=Role.BANK, uscc=uscc))


@transaction.atomic
def _person(username: str, name: str, post: Post) -> User:
    """The person and the post, open at both ends: it holds on every demo day."""
    user, new = User.objects.get_or_create(
        username=username, defaults={"name_zh": f"{name}{MARK}", "demo": True}
    )
    if not new:
        return user
    user.set_unusable_password()
    user.save(update_fields=["password"])
    post.user = user
    post.save()
    AccountEvent.objects.create(
        kind=AccountEvent.Kind.POST_GRANTED,
        person=user,
        post=post,
        detail={"role": post.role, "reason": "演示"},
        done_on=settings.DEMO_FIRST_DAY,
    )
    return user


def _demo_only() -> None:
    if not settings.DEMO:
        raise Refusal(
            "demo_only",
            what=("不能建立演示人员", "no demo people can be made"),
            why=("本系统不在演示模式。", "this system is not in demo mode."),
            instead=("请由系统管理员建立实际账号。", "Let an administrator make real accounts."),
        )
