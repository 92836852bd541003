"""Which carrier takes which kind of channel."""

from collections.abc import Mapping
from typing import Any

from channels.carrier import Carrier
from channels.dingtalk import DingtalkCarrier
from channels.feishu import FeishuCarrier
from channels.inbox import InboxCarrier
from channels.mail import MailCarrier
from channels.ntfy import NtfyCarrier
from channels.paper import PaperCarrier
from channels.sms import SmsCarrier
from channels.webhook import WebhookCarrier
from channels.wecom import WecomAppCarrier, WecomRobotCarrier

CARRIERS: Mapping[str, Carrier[Any]] = {
    "wecom_robot": WecomRobotCarrier(),
    "wecom_app": WecomAppCarrier(),
    "dingtalk_robot": DingtalkCarrier(),
    "feishu_robot": FeishuCarrier(),
    "email": MailCarrier(),
    "webhook": WebhookCarrier(),
    "ntfy": NtfyCarrier(),
    "sms": SmsCarrier(),
    "inbox": InboxCarrier(),
    "paper": PaperCarrier(),
}
