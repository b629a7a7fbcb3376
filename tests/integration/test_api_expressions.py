"""Trying an expression out: the value with its type, or why there is none and where; on the data of cases one sees."""

from typing import Any

from tests.integration.company import Company


def tried(company: Company, expression: str, **body: Any) -> Any:
    answer = company.owner.post("/studio/expressions", {"expression": expression, **body})
    assert answer.status_code == 200, answer.text
    return answer.json


def test_an_expression_gives_its_value_or_says_why_and_where_it_is_null(company: Company) -> None:
    assert tried(company, "amount * 2", data={"amount": 21}) == {
        "value": 42, "type": "number", "problems": [], "refused": None
    }  # fmt: skip
    null = tried(company, '=1 + "a"')
    assert (null["value"], null["type"]) == (None, "null")
    assert [(one["line"], one["column"] >= 2) for one in null["problems"]] == [(1, True)]
    assert tried(company, "1 +\n* 2")["refused"]["line"] == 2
    assert tried(company, "> 3", unary=True, value=4)["value"] is True
    assert tried(company, "for a in 1..999999 return a")["refused"]["message"].startswith("Expected")


def test_a_case_gives_its_data_with_their_types_to_whoever_sees_it(company: Company) -> None:
    case = company.start(site="二号站")
    assert tried(company, "site", case=case)["value"] == "二号站"
    assert tried(company, "site", case=case, data={"site": "三号站"})["value"] == "三号站"
    unseen = company.owner2.post("/studio/expressions", {"expression": "site", "case": case})
    assert unseen.status_code == 404
