/** The words of operating cases that came after the first of them. */
export const operatingZh = {
  "history.ChangeDueTime": "{who} 调整了“{step}”的期限",
  "history.DueTimeSet": "“{step}”的期限定为 {after}",
  "due.change": "调整期限",
  "due.changeAsk": "尚未到达的督办环节按新期限重新计算；已经发生的不会重复。调整和理由会记入历史。",
  "due.changed": "期限已调整",
  "due.task": "哪一项任务",
  "due.now": "当前期限：{due}",
  "due.none": "未设期限",
  "due.new": "新的期限",
  "due.pick": "请选择晚于现在的新期限。",
  "notice.kind.due": "期限变更",
  "notice.about.due": "我的任务期限改变了",
  "notice.byCalendar": "工作日历有变：",
  "notice.byOperator": "由流程负责人调整：",
  "operate.action.due": "调整期限",
  "operate.dueStep": "哪一步的任务（步骤标识）",
} as const;
