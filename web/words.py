"""Every word of the pages (页面用语), in both languages. Names of states and actions live in rules/."""

from collections.abc import Mapping

from rules.language import Language, Text

WORDS: Mapping[str, Text] = {
    "brand": Text("督办", "Duban 督办"),
    "to": Text("收件人", "To"),
    "number": Text("编号", "No."),
    "unit": Text("责任单位", "Unit"),
    "state": Text("状态", "State"),
    "due": Text("时限", "Due"),
    "source": Text("出处", "Source"),
    "overdue": Text("逾期", "Overdue"),
    "provisional": Text("暂定，放假安排未公布", "provisional: holidays not yet published"),
    "told": Text("通知", "Notices"),
    "nothing_to_do": Text("目前没有需要您办理的。", "Nothing is asked of you now."),
    "no_duties": Text("这条消息不涉及责任事项。", "This message is about no duty."),
    "required": Text("必填", "required"),
    "optional": Text("可不填", "optional"),
    "reason": Text("说明", "Reason"),
    "asked_due": Text("时限", "Time limit"),
    "to_unit": Text("承接单位", "Unit"),
    "title": Text("分办内容", "What the part is"),
    "person": Text("复查人", "Re-checker"),
    "more": Text("其他办理", "More"),
    "colon": Text("：", ": "),
    "confirm": Text("提交", "Submit"),
    "done": Text("已办理：", "Done: "),
    "refused": Text("没有办理：", "Not done: "),
    "sorry": Text("打不开", "This cannot be opened"),
    "other_language": Text("English", "中文"),
    "private": Text("此链接只供您本人使用，请勿转发。", "This link is yours alone; please do not forward it."),
    "skip": Text("跳到内容", "Skip to the content"),
}


def words_in(language: Language) -> Mapping[str, str]:
    return {name: text.said_in(language) for name, text in WORDS.items()}
