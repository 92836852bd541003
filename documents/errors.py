"""Why a file could not be opened. What is inside it is judged elsewhere."""

from rules.errors import Refusal


class UnreadableFile(Refusal):
    """文件无法读取: the file is damaged or cut short."""

    zh = "文件“{file}”无法读取（{reason}），可能已损坏或不完整。请用 Excel、Word 或 WPS 打开后另存，再试一次。"
    en = (
        "The file “{file}” cannot be read ({reason}); it may be damaged or cut short. "
        "Open it in an office program, save it again and retry."
    )


class EmptyFile(Refusal):
    """空文件: there is nothing in the file."""

    zh = "文件“{file}”是空的，没有可以读取的内容。请检查是否选错了文件。"
    en = "The file “{file}” is empty: nothing to read. Check that it is the right one."


class MissingFile(Refusal):
    """文件不存在."""

    zh = "找不到文件“{file}”。请检查路径。"
    en = "There is no file “{file}”. Check the path."


class NotAFile(Refusal):
    """不是文件: a folder or a device stands where a file should."""

    zh = "“{file}”不是文件，可能是文件夹。请给出文件本身的路径。"
    en = "“{file}” is no file; it may be a folder. Give the path of the file itself."


class NoPermission(Refusal):
    """没有权限: this user may not read the file."""

    zh = "没有权限读取文件“{file}”。请让当前用户可以读取它，或把它复制到别处再试。"
    en = "This user may not read “{file}”. Allow it, or copy the file elsewhere and retry."


class WrongExtension(UnreadableFile):
    """扩展名不符: the file's name says one kind, its content another."""

    zh = "文件“{file}”的扩展名与内容不符：内容是{found}。请改用正确的扩展名，或另存为 .xlsx 或 .docx 后再试。"
    en = (
        "The name of “{file}” does not fit its content, which is {found}. "
        "Give it the right extension, or save it as .xlsx or .docx."
    )


class UnknownKind(Refusal):
    """不支持的文件类型."""

    zh = (
        "不支持“{file}”这种文件。可以读取 .xlsx、.xls、.docx、.csv、.txt、.html；"
        "装有 LibreOffice 时还可以读取 .doc、.wps、.rtf、.odt、.ods。其他格式请另存为其中一种。"
    )
    en = (
        "Files like “{file}” are not supported. Save it as .xlsx, .xls, .docx, .csv, .txt or .html; "
        "with LibreOffice installed .doc, .wps, .rtf, .odt and .ods can be read, too."
    )


class NeedsOffice(Refusal):
    """需要转换: an old or foreign format, and no LibreOffice to convert it."""

    zh = (
        "文件“{file}”是{suffix}格式，本机没有 LibreOffice，无法转换。"
        "请在 Word、Excel 或 WPS 中另存为{instead}，或请管理员安装 LibreOffice（命令 soffice 要在 PATH 中）。"
    )
    en = (
        "The file “{file}” is in {suffix} format, and this machine has no LibreOffice to convert it. "
        "Save it as {instead} in Word, Excel or WPS, or have LibreOffice installed (soffice must be on the PATH)."
    )


class ConversionFailed(Refusal):
    """转换失败: LibreOffice could not convert the file, or took too long."""

    zh = "文件“{file}”转换失败（{reason}），可能已损坏或有密码。请在 Word、Excel 或 WPS 中打开，另存为{instead}后再试。"
    en = (
        "The file “{file}” could not be converted ({reason}); it may be damaged or have a password. "
        "Open it in Word, Excel or WPS, save it as {instead} and retry."
    )


class PasswordProtected(Refusal):
    """加密文件: a password is needed to open it."""

    zh = "文件“{file}”有密码保护，无法读取。请先去掉密码再导入。"
    en = "The file “{file}” is protected by a password. Remove the password and import it again."


class TooLarge(Refusal):
    """文件过大: more than a task table ever holds; `place` is the file, a part of it or a cell."""

    zh = "文件“{file}”过大：{place}为 {size}，上限 {limit}。请删去多余内容，或拆成几个文件。"
    en = (
        "The file “{file}” is too large: {place} is {size}, the limit is {limit}. "
        "Remove what is not needed, or split it."
    )


class UnsafeFile(Refusal):
    """不安全的文件: built to harm the reader, such as a bomb that unpacks without end."""

    zh = "文件“{file}”不安全，已拒绝：{place}{reason}。请向来源核实这份文件。"
    en = "The file “{file}” is unsafe and was refused: {place} {reason_en}. Check where it comes from."


class UnknownEncoding(Refusal):
    """编码无法识别: neither UTF-8 nor GB18030."""

    zh = "文件“{file}”的文字编码无法识别（第 {line} 行附近）。请另存为 UTF-8 编码。"
    en = "The text encoding of “{file}” is not known (near line {line}). Save it as UTF-8."


class NoEvidence(Refusal):
    """不能作为佐证材料: by its content it is none of the kinds that are kept."""

    zh = "“{file}”不能作为佐证材料（看内容，不看扩展名）。可用：照片 jpg、png、webp、heic，pdf、docx、xlsx，视频 mp4。"
    en = (
        "“{file}” cannot be kept as evidence (judged by its content, not its name). "
        "Use photos (jpg, png, webp, heic), pdf, docx, xlsx or mp4."
    )


class EvidenceTooLarge(Refusal):
    """材料过大: larger than the policy lets evidence be."""

    zh = "“{file}”有 {size}，超过上限 {limit}，没有收下。请缩小照片、截短视频，或分成几份。"
    en = "“{file}” has {size}, the limit is {limit}; it was not taken. Make it smaller, or split it."


class EvidenceLost(Refusal):
    """材料缺失: the file kept under a hash is gone or was changed."""

    zh = "{folder} 里找不到原样的材料 {sha256}：文件不在或已被改动。请从备份恢复。"
    en = "The file {sha256} is not in {folder} as it was kept: gone, or changed. Restore it from a backup."
