"""纸质督办单: a file to print. Accepted means that it lies ready; handing it over is a clerk's entry, not ours."""

import html

from channels.carrier import Carrier, Errand
from channels.inbox import put_in_place, safe_name
from channels.kinds import Paper
from channels.outcome import Receipt
from channels.rendering import as_html

_PRINT = """<style>
@page { size: A4; margin: 37mm 26mm 35mm 28mm }
body { font-family: "FangSong", "仿宋", serif; font-size: 16pt }
h2 { text-align: center; color: #c00; border-bottom: 2pt solid #c00; padding-bottom: 8pt }
.signed { margin-top: 40pt; border-collapse: collapse; width: 100% } .signed td { border: 1pt solid; padding: 10pt }
</style>"""
_RECEIPT = """<table class="signed"><tr><td>签收人</td><td></td><td>签收时间</td><td></td></tr>
<tr><td>送达人</td><td></td><td>送达方式</td><td></td></tr></table>"""


class PaperCarrier(Carrier[Paper]):
    def refuses(self, form: Paper, target: str) -> str | None:
        return None if target.strip() else "收件人为空，督办单不知道送给谁"

    async def carry(self, errand: Errand[Paper], text: str) -> Receipt:
        addressed = f"<p>送：{html.escape(errand.target)}</p>"
        page = as_html(errand.message).replace("</head>", f"{_PRINT}</head>")
        page = page.replace("</h2>", f"</h2>{addressed}", 1).replace("</body>", f"{_RECEIPT}</body>")
        name = f"{safe_name(errand.message.part_number)}-{safe_name(errand.target)}.html"
        return await put_in_place(errand.form.folder / name, page, "督办单已生成，待打印送达并登记")
