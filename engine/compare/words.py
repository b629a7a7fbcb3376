"""A comparison in words that people and other programs read: Chinese and English, from one place."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any, Literal

from engine.compare import KINDS, ORDER, Change, Comparison, FileChange, Property

Language = Literal["zh", "en"]
Said = dict[str, str]  # language → words
LANGUAGES: tuple[Language, ...] = ("zh", "en")
SIGNS = {"added": "+", "removed": "−", "changed": "~", "moved": "→"}
LONGEST = 120  # characters of a value in the summary; the lists show it whole
_KINDS: Mapping[str, tuple[str, str]] = {
    "added": ("新增", "added"), "removed": ("删除", "removed"),
    "changed": ("修改", "changed"), "moved": ("移动", "moved"),
}  # fmt: skip
_WHAT: Mapping[str, tuple[str, str]] = {
    "definitions": ("文件", "file"), "process": ("流程", "process"), "collaboration": ("协作", "collaboration"),
    "participant": ("泳池", "pool"), "lane": ("泳道", "lane"), "sequenceFlow": ("连线", "flow"),
    "messageFlow": ("消息流", "message flow"), "association": ("关联", "association"), "group": ("分组", "group"),
    "textAnnotation": ("注释", "annotation"), "dataObject": ("数据对象", "data object"),
    "dataObjectReference": ("数据对象", "data object"), "dataStoreReference": ("数据存储", "data store"),
    "startEvent": ("开始事件", "start event"), "endEvent": ("结束事件", "end event"),
    "intermediateCatchEvent": ("中间捕获事件", "catch event"),
    "intermediateThrowEvent": ("中间抛出事件", "throw event"),
    "boundaryEvent": ("边界事件", "boundary event"), "task": ("任务", "task"), "userTask": ("人工任务", "user task"),
    "serviceTask": ("服务任务", "service task"), "scriptTask": ("脚本任务", "script task"),
    "businessRuleTask": ("规则任务", "business rule task"), "sendTask": ("发送任务", "send task"),
    "receiveTask": ("接收任务", "receive task"), "manualTask": ("手工任务", "manual task"),
    "callActivity": ("调用流程", "call activity"), "subProcess": ("子流程", "sub-process"),
    "adHocSubProcess": ("即席子流程", "ad-hoc sub-process"), "transaction": ("事务", "transaction"),
    "exclusiveGateway": ("排他网关", "exclusive gateway"), "parallelGateway": ("并行网关", "parallel gateway"),
    "inclusiveGateway": ("包容网关", "inclusive gateway"), "eventBasedGateway": ("事件网关", "event-based gateway"),
    "complexGateway": ("复杂网关", "complex gateway"), "message": ("消息", "message"), "signal": ("信号", "signal"),
    "error": ("错误", "error"), "escalation": ("升级", "escalation"), "decision": ("决策", "decision"),
    "inputData": ("输入数据", "input data"), "businessKnowledgeModel": ("业务知识", "business knowledge"),
    "decisionService": ("决策服务", "decision service"), "itemDefinition": ("类型", "type"),
    "knowledgeSource": ("依据", "knowledge source"), "column": ("列", "column"), "rule": ("规则", "rule"),
    "form": ("表单", "form"), "field": ("字段", "field"),
}  # fmt: skip
_PROPERTIES: Mapping[str, tuple[str, str]] = {
    "name": ("名称", "name"), "label.en": ("英文名称", "English name"), "documentation": ("说明", "description"),
    "kind": ("类型", "kind"), "within": ("所在", "inside"), "sourceRef": ("起点", "from"), "targetRef": ("终点", "to"),
    "attachedToRef": ("附着于", "attached to"), "default": ("默认连线", "default flow"),
    "conditionExpression": ("条件", "condition"), "cancelActivity": ("中断", "interrupting"),
    "isInterrupting": ("中断", "interrupting"), "formDefinition.formId": ("表单", "form"),
    "assignmentDefinition.assignee": ("办理人", "assignee"),
    "assignmentDefinition.candidateGroups": ("候选组", "candidate groups"),
    "assignmentDefinition.candidateUsers": ("候选人", "candidate users"),
    "taskSchedule.dueDate": ("时限", "due"), "taskSchedule.followUpDate": ("跟进时间", "follow up"),
    "priorityDefinition.priority": ("优先级", "priority"), "taskDefinition.type": ("服务", "service"),
    "taskDefinition.retries": ("重试", "retries"), "calledElement.processId": ("调用的流程", "called process"),
    "calledDecision.decisionId": ("调用的决策", "called decision"),
    "calledDecision.resultVariable": ("结果变量", "result variable"), "script.expression": ("脚本", "script"),
    "script.resultVariable": ("结果变量", "result variable"), "ioMapping.input": ("输入映射", "input mapping"),
    "ioMapping.output": ("输出映射", "output mapping"), "flowNodeRef": ("包含", "holds"),
    "timerEventDefinition.timeDuration": ("时长", "duration"), "timerEventDefinition.timeDate": ("时刻", "date"),
    "timerEventDefinition.timeCycle": ("周期", "cycle"), "messageEventDefinition.messageRef": ("消息", "message"),
    "subscription.correlationKey": ("关联键", "correlation key"), "deadline": ("时限", "deadline"),
    "evidence.photos": ("要求照片", "photos required"), "separation.from": ("职责分离", "separation of duty"),
    "case.title": ("案件标题", "case title"), "case.access": ("可见范围", "who may see it"),
    "outgoing": ("去向", "outgoing"), "text": ("文字", "text"), "label": ("标签", "label"), "type": ("类型", "type"),
    "key": ("键", "key"), "description": ("说明", "description"), "validate.required": ("必填", "required"),
    "validate.minLength": ("最短", "minimum length"), "validate.maxLength": ("最长", "maximum length"),
    "validate.min": ("最小", "minimum"), "validate.max": ("最大", "maximum"), "values": ("选项", "option"),
    "conditional.hide": ("隐藏条件", "hidden when"), "readonly": ("只读", "read only"),
    "disabled": ("停用", "disabled"), "defaultValue": ("默认值", "default"), "direction": ("输入或输出", "direction"),
    "inputExpression.text": ("输入表达式", "input expression"), "inputValues.text": ("允许值", "allowed values"),
    "outputValues.text": ("允许值", "allowed values"), "typeRef": ("数据类型", "data type"),
    "literalExpression.text": ("表达式", "expression"), "decisionTable.hitPolicy": ("命中策略", "hit policy"),
    "decisionTable.aggregation": ("汇总", "aggregation"),
}  # fmt: skip
_KEYED = re.compile(r"\[([^\]]*)\]")


def what_title(what: str) -> Said:
    """What a part is, "userTask" → 人工任务 / user task; an unknown tag as it stands."""
    return _pair(_WHAT.get(what, (what, what)))


def property_title(property: Property) -> Said:
    """What a property is called: by its file, by our words, or by its path."""
    if property.label:
        return _pair((property.label, property.label))
    path = property.path.removesuffix(ORDER)
    keys = " ".join(_KEYED.findall(path))
    bare = _KEYED.sub("", path)
    stem = bare if bare in _PROPERTIES else bare.rpartition(".")[0]
    known = _PROPERTIES.get(stem)
    if known is None:
        return _pair((property.path, property.path))
    rest = " ".join(filter(None, [keys, bare[len(stem) + 1 :] if keys else ""]))
    tail = ("的顺序", " order") if path != property.path else ("", "")
    return {language: f"{word}{end} {rest}".strip() for language, word, end in zip(LANGUAGES, known, tail, strict=True)}


def _pair(words: tuple[str, str]) -> Said:
    return dict(zip(LANGUAGES, words, strict=True))


def name_of(change: Change, language: Language) -> str:
    """What people call the part; the id of one without a name."""
    return change.names.get(language) or change.names.get("zh") or change.id


def as_json(comparison: Comparison) -> dict[str, Any]:
    """The comparison for other programs, every word in both languages."""
    return {
        "same": comparison.same,
        "files": [
            {"path": file.path, "was": file.was, "kind": file.kind, "changes": [_change(each) for each in file.changes]}
            for file in comparison.files
        ],
        "summary": {language: summary(comparison, language) for language in LANGUAGES},
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind, "what": change.what, "title": what_title(change.what), "id": change.id,
        "name": {language: name_of(change, language) for language in LANGUAGES},
        "within": change.within, "moved": change.moved,
        "properties": [
            {"path": each.path, "title": property_title(each), "old": each.old, "new": each.new}
            for each in change.properties
        ],
    }  # fmt: skip


def summary(comparison: Comparison, language: Language) -> str:
    """Plain text: a line for each file, for each part, and for each property of a changed part."""
    if comparison.same:
        return {"zh": "没有差别。", "en": "No differences."}[language]
    return "\n".join(line for file in comparison.files for line in _file_lines(file, language))


def _file_lines(file: FileChange, language: Language) -> list[str]:
    place = LANGUAGES.index(language)
    path = file.path if file.was in (None, file.path) else f"{file.was} → {file.path}"
    if file.kind != "changed":
        return [f"{SIGNS[file.kind]} {path}: {_KINDS[file.kind][place]}"]
    counts = Counter(change.kind for change in file.changes)
    told = [
        f"{_KINDS[kind][0]} {counts[kind]}" if language == "zh" else f"{counts[kind]} {_KINDS[kind][1]}"
        for kind in KINDS
        if counts[kind]
    ]
    head = f"{SIGNS['changed']} {path}" + (": " + ("，" if language == "zh" else ", ").join(told) if told else "")
    return [head, *(line for change in file.changes for line in _change_lines(change, language))]


def _change_lines(change: Change, language: Language) -> list[str]:
    name = name_of(change, language)
    known = f"“{_short(name)}” ({change.id})" if name != change.id else change.id
    also = f" {SIGNS['moved']}" if change.moved and change.kind == "changed" else ""
    lines = [f"  {SIGNS[change.kind]}{also} {what_title(change.what)[language]} {known}"]
    if change.kind == "changed" or change.what == "rule":
        lines += [
            f"      {property_title(each)[language]}: {_value(each.old)} → {_value(each.new)}"
            for each in change.properties
        ]
    return lines


def _value(text: str | None) -> str:
    return "∅" if text is None else f"“{_short(text)}”"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
