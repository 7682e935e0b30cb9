"""Heads of documents: labels over their values, and names that several places bear."""

from __future__ import annotations

from pathlib import Path

import pytest

from yiyang.show import preview

LIST = "1.开食堂3家。责任单位：民政局\n2.修浴室。责任单位：住建局\n"


WHICH = "内蒙古自治区呼和浩特市新城区2026年实事\n新城区人民政府\n2026年1月5日\n"
NONE = "新城区人民政府2026年实事\n新城区人民政府\n2026年1月5日\n"
BRACKET = "深圳市龙岗区2026年分工表\n（龙岗区人民政府办公室2026年1月28日印发）\n"
MAIL = (
    "发件人：石泉县信访局 <xf@shiquan.example>\n收件人：县住建局；县民政局\n"
    "发送时间：2026年3月4日 10:05\n主题：回复：关于交办重点信访任务的函\n"
)
TOPIC = "主题：关于交办重点信访任务的函\n石泉县民政局2026年重点任务清单\n"
FRONT = (
    '---\ntitle: "石泉县2026年实事清单"\ndate: 2026-02-05T09:00:00+08:00\nauthor: 石泉县民政局\n'
    "tags:\n  - 实事\n  - 1.建一座桥\n---\n\n"
)
TELEGRAM = (
    "内部明电\n发往：各镇　　签批盖章：王某\n等级　加急·明电　　石汛电〔2026〕3号\n"
    "关于做好防汛工作的通知\n各镇人民政府：\n根据石政发〔2020〕9号，现通知如下：\n"
)
BULLETIN = (
    "工 作 专 报\n第6期（总第20期）\n中共石泉县委督查室　　　2026年4月2日\n"
    "关于食堂建设进展的督查专报\n现将任务明确如下：\n"
)
POST = "点击上方蓝字关注我们\n📢 收藏！石泉县2026年实事清单来了\n"
MINUTES = "石泉县人民政府专题会议纪要\n第18期\n石泉县人民政府办公室　　2026年3月17日\n"
STREET = "重庆市渝北区人民政府龙塔街道办事处关于交办任务的通知\n各社区：\n现交办如下：\n"
ROW = "索引号\t发文机关\t成文日期\n000-1\t石泉县人民政府\t2026年2月3日\n石泉县清单\n"


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        (WHICH, "jurisdiction", "150102"),
        (NONE, "jurisdiction", "000000"),
        (BRACKET, "issuing_agency", "龙岗区人民政府办公室"),
        (ROW, "date_issued", "2026-02-03"),
        (MAIL, "title", "关于交办重点信访任务的函"),
        (MAIL, "date_issued", "2026-03-04"),
        (MAIL, "issuing_agency", "石泉县信访局"),
        (TOPIC, "title", "关于交办重点信访任务的函"),
        (TELEGRAM, "document_number", "石汛电〔2026〕3号"),
        (TELEGRAM, "title", "关于做好防汛工作的通知"),
        (BULLETIN, "title", "关于食堂建设进展的督查专报"),
        (BULLETIN, "date_issued", "2026-04-02"),
        (BULLETIN, "issuing_agency", "中共石泉县委督查室"),
        (STREET, "issuing_agency", "重庆市渝北区人民政府龙塔街道办事处"),
        (POST, "title", "石泉县2026年实事清单来了"),
        (MINUTES, "title", "石泉县人民政府专题会议纪要"),
        (MINUTES, "date_issued", "2026-03-17"),
        (FRONT, "title", "石泉县2026年实事清单"),
        (FRONT, "date_issued", "2026-02-05"),
        (FRONT, "issuing_agency", "石泉县民政局"),
    ],
)
def test_a_head(tmp_path: Path, head: str, field: str, value: str) -> None:
    path = tmp_path / f"某地.{'md' if head == FRONT else 'txt'}"
    path.write_text(head + LIST, encoding="utf-8")
    read = preview.read(path).to_dict()
    assert str(read["document"][field])[: len(value) if field != "date_issued" else 10] == value
    assert len(read["tasks"]) == 2
