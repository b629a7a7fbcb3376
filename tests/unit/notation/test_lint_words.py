"""Every numbered rule of checking is said in Chinese on the screens."""

import re

from tests.support.components import ROOT

NUMBER = re.compile(r'"((?:BPMN|BPS|DMN|FORM|REL|SUP)\d{3})"')
WORDS = re.compile(r'^  (\w+): "(.*[\u4e00-\u9fff].*)",$', re.MULTILINE)


def test_every_rule_that_the_engine_can_name_is_said_in_chinese_and_no_other() -> None:
    used = {rule for path in (ROOT / "engine").rglob("*.py") for rule in NUMBER.findall(path.read_text())}
    said = dict(WORDS.findall((ROOT / "web" / "src" / "i18n" / "rules.zh.ts").read_text()))
    assert said.keys() == used | {"xml"}
