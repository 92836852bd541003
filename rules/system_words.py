"""What the system says it could not do (系统报错), in words: its error numbers, Chinese first."""

import errno
from collections.abc import Mapping

from rules.language import Text

_WORDS: Mapping[int, Text] = {
    errno.ENOENT: Text("没有这个文件或文件夹", "there is no such file or folder"),
    errno.EEXIST: Text("这里已有同名的文件", "a file of this name stands there already"),
    errno.ENOTDIR: Text("路径中有一处是文件，不是文件夹", "a part of the path is a file, not a folder"),
    errno.EISDIR: Text("这是文件夹，不是文件", "it is a folder, not a file"),
    errno.EACCES: Text("没有权限", "permission denied"),
    errno.EPERM: Text("系统不允许", "the system does not permit it"),
    errno.EROFS: Text("磁盘是只读的", "the disk is read-only"),
    errno.ENOSPC: Text("磁盘已满", "the disk is full"),
    errno.EDQUOT: Text("超出磁盘配额", "the quota of the disk is used up"),
    errno.ENAMETOOLONG: Text("名称太长", "the name is too long"),
    errno.EBUSY: Text("正被占用", "it is in use"),
    errno.ECONNREFUSED: Text("连接被拒绝，对方没有启动", "the connection was refused: nothing listens there"),
    errno.ETIMEDOUT: Text("连接超时", "the connection timed out"),
    errno.EHOSTUNREACH: Text("连不到对方主机", "the host cannot be reached"),
    errno.ENETUNREACH: Text("网络不通", "the network cannot be reached"),
}


def system_words(error: OSError) -> Text:
    """Why the system refused; an error without a number, or with a rare one, in its own words."""
    said = error.strerror or str(error) or type(error).__name__
    return _WORDS.get(error.errno or 0, Text(f"系统报错：{said}", said))
