"""Why a file that a person fills in was refused: every problem at once, each with its place."""

from collections.abc import Sequence
from dataclasses import dataclass

from rules.errors import Refusal
from rules.language import Text
from rules.reading import Source


@dataclass(frozen=True, slots=True)
class CellProblem:
    """单元格问题: what is wrong at one place of a file; `source` is None where it is the file as a whole."""

    source: Source | None
    message: Text

    @property
    def text(self) -> Text:
        if self.source is None:
            return self.message
        place = f"{self.source.sheet}!{self.source.cell}" if self.source.cell else f"{self.source.sheet}"
        return Text(f"{place}：{self.message.zh}", f"{place}: {self.message.en}")


class CellsRefused(Refusal):
    """文件不能导入: the file has `problems`; nothing of it was taken over."""

    zh = "“{file}”不能导入，有 {count} 处要改正：\n{listed_zh}"
    en = "“{file}” cannot be imported; {count} to correct:\n{listed_en}"

    def __init__(self, file: str, problems: Sequence[CellProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(
            file=file,
            count=len(problems),
            listed_zh="\n".join(problem.text.zh for problem in problems),
            listed_en="\n".join(problem.text.en for problem in problems),
        )

    @classmethod
    def where_any(cls, file: str, problems: Sequence[CellProblem]) -> None:
        """Refuse the file if there are any."""
        if problems:
            raise cls(file, problems)
