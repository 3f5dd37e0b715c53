//! Errors of the use cases as sentences.

use model::calendar::NotReported;
use model::plan::{PlanFault, RevisionFault};

use super::disk;
use super::findings::not_a_figure;
use super::hub::hub_fault;
use super::hub_offices::office_fault;
use super::keys::key_fault;
use super::sheet::{bad_picture, nil_refusal};
use super::terms::bundle_kind_label;
use super::upward::upward_fault;
use super::{Sentence, rejection};
use crate::Error;

/// Says what an error means and what to do.
pub fn sentence(error: &Error) -> Sentence {
    let (code, what, next) = match error {
        Error::NoHome(dir) => (
            "no_home",
            format!("{} 里没有台账", dir.display()),
            "先用 init hub 或 init office 建立，或用 --home 指明台账所在的文件夹".to_owned(),
        ),
        Error::HomeTaken(dir) => {
            ("home_taken", format!("{} 里已有文件", dir.display()), "请换一个空文件夹，已有的文件没有动".to_owned())
        }
        Error::HubOnly => ("hub_only", "这件事只有汇总单位能做".to_owned(), "请在汇总单位的台账里操作".to_owned()),
        Error::OfficeOnly => ("office_only", "这件事只有填报单位能做".to_owned(), "请在填报单位的台账里操作".to_owned()),
        Error::WrongPassphrase => (
            "wrong_passphrase",
            "口令不对，或密钥文件已损坏".to_owned(),
            "请重新输入；确实忘记的，填报单位用 enrol --new-key 重新注册，汇总单位用恢复钥匙和存它那天的口令（key restore），缺了一样就只能新建台账，各单位全部重新注册".to_owned(),
        ),
        Error::WeakPassphrase { found, wanted } => (
            "weak_passphrase",
            format!("口令只有 {found} 个字符"),
            format!("至少 {wanted} 个，几个不相干的词连在一起最好记"),
        ),
        Error::GuessablePassphrase => (
            "guessable_passphrase",
            "这个口令太容易被猜到".to_owned(),
            "请换一个；几个不相干的词连在一起最好记".to_owned(),
        ),
        Error::StepSkipped => (
            "step_skipped",
            "前面的步骤还没有做完".to_owned(),
            "请按次序一步一步来".to_owned(),
        ),
        Error::BadContact { limit } => (
            "bad_contact",
            "联系人或电话没有写，或者太长".to_owned(),
            format!("两项都要写，每项不超过 {limit} 个字"),
        ),
        Error::BadHub(why) => hub_fault(why),
        Error::BadOffice(why) => office_fault(why),
        Error::BadKey(why) => return key_fault(why),
        Error::BadUpward(why) => return upward_fault(why),
        Error::Rejected { file, rejection: why } => return rejection(Some(file), why),
        Error::OtherKind { file, found, wanted } => (
            "other_kind",
            format!("{file} 是{}，不是{}", bundle_kind_label(*found), bundle_kind_label(*wanted)),
            format!("请选{}", bundle_kind_label(*wanted)),
        ),
        Error::OtherFingerprint => (
            "other_fingerprint",
            "输入的 40 位指纹与这个文件不符，什么也没有改动".to_owned(),
            "请对着盖章的纸重新输入；仍然不符，请打电话核实，文件可能不是对方发出的".to_owned(),
        ),
        Error::BadFingerprint(why) => {
            ("bad_fingerprint", bad_fingerprint(*why), "指纹是 40 位数字，分 8 组，每组 5 位".to_owned())
        }
        Error::OtherOffice { claimed, picked } => (
            "other_office",
            format!("这个文件是“{claimed}”的，不是“{picked}”的"),
            "请按纸上的单位名称选，再核对是不是拿错了文件".to_owned(),
        ),
        Error::OtherPlan(file) => (
            "other_plan",
            format!("{file} 属于另一个汇总单位或另一年的方案"),
            "请核对文件来源，换本方案的文件".to_owned(),
        ),
        Error::KeyClosed(name) => (
            "key_closed",
            format!("这是 {name} 已停用的旧密钥"),
            "请该单位用 enrol 从现在的台账导出注册包；停用的密钥不能再启用".to_owned(),
        ),
        Error::EnrolledOtherwise => (
            "enrolled_otherwise",
            "这把密钥已经用另一份注册包登记过".to_owned(),
            "请用原来那份注册包；对方重装过的，请它重新建立台账后再注册".to_owned(),
        ),
        Error::StreamTaken => (
            "stream_taken",
            "注册包冒用了别的单位的编号序列，没有登记".to_owned(),
            "不要使用这个文件，请打电话核实它的来历".to_owned(),
        ),
        Error::BadEnrolment => (
            "bad_enrolment",
            "注册包里的单位不在方案里，或名称、联系人、电话太长".to_owned(),
            "请该单位导入最新的下达包，重新注册".to_owned(),
        ),
        Error::AlreadyEnrolled(name) => (
            "already_enrolled",
            format!("{name} 已经注册过"),
            "如果对方换了电脑或忘了口令，用 --replace 换成新的密钥；原来的报表都保留".to_owned(),
        ),
        Error::NotEnrolled(name) => {
            ("not_enrolled", format!("{name} 还没有注册"), "请先导入它的注册包并输入指纹".to_owned())
        }
        Error::EnrolFirst => ("enrol_first", "本单位还没有导出注册包".to_owned(), "请先用 enrol 导出，交汇总单位登记".to_owned()),
        Error::NoPlan => ("no_plan", "还没有下达目标方案".to_owned(), "汇总单位请先用 plan export 下达".to_owned()),
        Error::PlanFaults(faults) => (
            "plan_faults",
            format!("目标方案有 {} 处问题：{}", faults.len(), faults.iter().map(plan_fault).collect::<Vec<_>>().join("；")),
            "请逐处改正后再保存或下达".to_owned(),
        ),
        Error::Revision(why) => ("bad_revision", revision_fault(why), "目标编码永久有效：要改口径，请停用旧目标、另加新目标".to_owned()),
        Error::UnknownTarget(code) => {
            ("unknown_target", format!("方案里没有目标“{code}”"), "用 plan show 查看目标编码，如 5-2-04".to_owned())
        }
        Error::UnknownOffice { name, similar } if similar.is_empty() => {
            ("unknown_office", format!("方案里没有单位“{name}”"), "用 office list 查看单位名称".to_owned())
        }
        Error::UnknownOffice { name, similar } => (
            "unknown_office",
            format!("方案里没有单位“{name}”"),
            format!("是不是：{}", similar.join("、")),
        ),
        Error::UnknownField(name) => (
            "unknown_field",
            format!("没有“{name}”这一格"),
            "可用：本期、本期数、同期数、分子、分母、增速、进度、不适用原因、进展说明、存在问题、下步措施、说明".to_owned(),
        ),
        Error::BadFigure(why) => {
            let (what, next) = not_a_figure("分解数", why);
            ("bad_figure", what, next)
        }
,
        Error::BadPeriod(why) => ("bad_period", format!("“{}”不是报告期", why.0), "报告期写成 2024-03 这样".to_owned()),
        Error::NotReported(why) => not_reported(*why),
        Error::Blocked(findings) => (
            "blocked",
            format!("有 {} 处还不能报送", findings.len()),
            "请按下面逐处改正，需要说明的写进“说明”".to_owned(),
        ),
        Error::NotSignedOff => (
            "not_signed_off",
            "填报人、审核人、签发人没有写全".to_owned(),
            "三个姓名都要写，可以是同一个人".to_owned(),
        ),
        Error::NilStandIn => (
            "nil_stand_in",
            "零报告不能代录，没有地方附扫描件".to_owned(),
            "请按盖章原件逐项代录，没有新增的填上期数，并附上扫描件".to_owned(),
        ),
        Error::NoScan => (
            "no_scan",
            "代录没有附盖章原件的扫描件".to_owned(),
            "请把扫描件（JPEG、PNG、PDF）附在任一目标上：enter 目标 --for 单位 --attach 文件".to_owned(),
        ),
        Error::CatchUpFirst => (
            "catch_up_first",
            "台账是从备份恢复的，不知道恢复前报到了第几号".to_owned(),
            "请导入汇总单位最新的回执，接上号再报送；都已导入过的，请汇总单位用 receipt --office 本单位 --fresh 重新出一份回执".to_owned(),
        ),
        Error::NothingFilledIn(period) => (
            "nothing_filled_in",
            format!("{period} 还什么都没填"),
            "请先填报；确无新增，请报零报告".to_owned(),
        ),
        Error::NoReturn { office, period } => (
            "no_return",
            format!("{office} 在 {period} 没有可以处理的报表"),
            "用 status 查看各单位报送情况".to_owned(),
        ),
        Error::NoEntry(target) => {
            ("no_entry", format!("这张报表里没有目标 {target}"), "只能退回对方填了的格".to_owned())
        }
        Error::AlreadyLocked(period) => {
            ("already_locked", format!("{period} 已经锁定"), "要改动，请先写明原因解锁".to_owned())
        }
        Error::NotLocked(period) => ("not_locked", format!("{period} 没有锁定"), "不用解锁".to_owned()),
        Error::NoReason => ("no_reason", "没有写原因".to_owned(), "请写明原因，它会留在记录里".to_owned()),
        Error::ReasonTooLong { found, limit } => (
            "reason_too_long",
            format!("原因有 {found} 个字"),
            format!("不超过 {limit} 个字，详情请电话说明"),
        ),
        Error::NotForked(seq) => (
            "not_forked",
            format!("第 {seq} 号不在分叉上，没有什么要选的"),
            "用 waiting 查看争议的报表".to_owned(),
        ),
        Error::StillForked(seq) => (
            "still_forked",
            format!("这样选，第 {seq} 号仍有分叉，什么也没有改动"),
            format!("请先在第 {seq} 号的几份里选定一份；缺号的，请向该单位要来再选"),
        ),
        Error::ReceiptsFailed { sent, failed } => (
            "receipts_failed",
            format!("{} 份回执已写好，{} 份没有写成", sent.len(), failed.len()),
            "请按下面逐个处理，再重新导出".to_owned(),
        ),
        Error::EntryFile(errors) => (
            "bad_entry_file",
            format!("{} 有 {} 处读不通，一格也没有导入", errors.file, errors.errors.len() + errors.more),
            "请按下面逐处改正，保存后重新导入".to_owned(),
        ),
        Error::EvidenceTooLarge { file, len, limit } => (
            "evidence_too_large",
            format!("{file} 有 {} MB", len.div_ceil(1_000_000)),
            format!("单个佐证材料不超过 {} MB，请压缩后再加", limit / 1_000_000),
        ),
        Error::NotEvidence(file) => (
            "not_evidence",
            format!("{file} 的内容不是 JPEG、PNG 或 PDF"),
            "改扩展名没有用，请另存为这三种格式之一".to_owned(),
        ),
        Error::BadPicture { file, fault } => return bad_picture(file, *fault),
        Error::NoPicture(file) => (
            "no_picture",
            format!("{file} 不是图片，不能在窗口里看"),
            "请另存到别处再打开".to_owned(),
        ),
        Error::NilRefused(why) => return nil_refusal(why),
        Error::ReadBack(path) => (
            "read_back",
            format!("写到 {} 的内容读回来不一样，不能用，已删除", path.display()),
            "请换一个优盘再导出；原来的报表没有丢".to_owned(),
        ),
        Error::Archive(digest) => (
            "archive",
            format!("存档里的文件 {digest} 不见了或已损坏"),
            "请从备份恢复台账".to_owned(),
        ),
        Error::Io { path, source } => (
            "io",
            format!("读写 {} 失败：{}", path.display(), disk::word(source)),
            disk::remedy(source).to_owned(),
        ),
        Error::Ledger(why) => ledger_sentence(why),
        Error::Write(why) => ("write", format!("数据包写不出来：{why}"), "请减少佐证材料后重试".to_owned()),
        Error::Seed(why) => ("seed", format!("自带的方案读不出来：{why}"), "程序文件可能损坏，请重新安装".to_owned()),
        Error::Stopped => return super::mishap(&super::Mishap::Cancelled),
        Error::Unreadable(why) => {
            ("unreadable", format!("台账里有这个版本读不懂的内容：{why}"), "请升级程序，或从备份恢复".to_owned())
        }
    };
    Sentence::new(code, what, next).in_window(in_window(error))
}

/// Says what to do in the window where the sentence for the command line names a command.
fn in_window(error: &Error) -> Option<&'static str> {
    Some(match error {
        Error::NoHome(_) => "请先完成本单位的设置，或从备份恢复",
        Error::WrongPassphrase => {
            "请重新输入；确实忘记的，填报单位到“设置”重新注册，汇总单位用恢复钥匙和存它那天的口令，缺了一样就只能新建台账，各单位全部重新注册"
        }
        Error::KeyClosed(_) => "请该单位到“设置”从现在的台账导出注册包；停用的密钥不能再启用",
        Error::AlreadyEnrolled(_) => "如果对方换了电脑或忘了口令，请勾选更换密钥；原来的报表都保留",
        Error::EnrolFirst => "请先到“设置”导出注册包，交汇总单位登记",
        Error::NoPlan => "请先导入汇总单位的下达包",
        Error::UnknownTarget(_) => "请到“填报”核对目标编码，如 5-2-04",
        Error::UnknownOffice { similar, .. } if similar.is_empty() => "请从列表里选择单位",
        Error::NoScan => "请到“填报”把盖章纸件的扫描件（JPEG、PNG、PDF）附上",
        Error::CatchUpFirst => {
            "请到“回执”导入汇总单位最新的回执，接上号再报送；都已导入过的，请汇总单位到“下达”另出一份回执"
        }
        Error::Blocked(_) => "请到“审核”逐处改正；属实的变化写明原因",
        Error::NoReturn { .. } => "请核对单位和报告期",
        Error::NotForked(_) => "请查看哪些报表有争议",
        _ => return None,
    })
}

fn ledger_sentence(error: &ledger::Error) -> (&'static str, String, String) {
    use ledger::Error as E;
    let (code, what, next) = match error {
        E::Missing(_) => ("ledger_missing", "台账文件不见了".to_owned(), "请从备份恢复"),
        E::Exists(path) => ("exists", format!("{} 已经存在，没有覆盖", path.display()), "请换一个名字或位置"),
        E::Foreign { .. } => ("ledger_foreign", "这不是台账文件，没有动它".to_owned(), "请核对文件夹"),
        E::Newer { found, supported } => (
            "ledger_newer",
            format!("台账是更新的程序写的（第 {found} 版，本程序只到第 {supported} 版），没有动它"),
            "请安装新版程序",
        ),
        E::Damaged(_) => {
            ("ledger_damaged", "台账文件损坏，没有动它".to_owned(), "请从备份恢复，损坏的文件会留着")
        }
        E::Full => ("disk_full", "磁盘满了，这一步没有做".to_owned(), "请腾出空间后重试，已保存的数据没有丢"),
        E::ReadOnly => {
            ("read_only", "台账所在的位置不能写，这一步没有做".to_owned(), "请检查文件夹权限或写保护后重试")
        }
        E::Disk(_) => (
            "disk",
            "磁盘读写出错，这一步没有做".to_owned(),
            "请重试，已保存的数据没有丢；一再出错，请先备份到优盘，再请人检查这块硬盘",
        ),
        E::Busy => ("busy", "另一个程序正在用台账".to_owned(), "请关掉它，稍后重试"),
        E::Io { path, source } => {
            return (
                "io",
                format!("读写 {} 失败：{}", path.display(), disk::word(source)),
                disk::own_remedy(source).to_owned(),
            );
        }
        other => ("ledger", format!("台账出错：{other}"), "请重试；仍然出错，请联系管理员"),
    };
    (code, what, next.to_owned())
}

fn bad_fingerprint(error: bundle::fingerprint::BadFingerprint) -> String {
    use bundle::fingerprint::BadFingerprint as B;
    match error {
        B::Character(c) => format!("指纹里有“{}”，不是数字", model::names::reveal(&c.to_string())),
        B::Length(found) => format!("输入了 {found} 位数字"),
    }
}

fn not_reported(why: NotReported) -> (&'static str, String, String) {
    let (what, next) = match why {
        NotReported::OtherYear { period, year } => {
            (format!("{period} 不在 {year} 年的方案里"), format!("请填 {year} 年的月份"))
        }
        NotReported::Merged(period) => {
            (format!("{period} 不单独报，1 月和 2 月合并报"), format!("请报 {}-02（1—2月）", period.year()))
        }
        NotReported::TooEarly { period, first } => {
            (format!("{period} 早于首个报告期"), format!("从 {first} 开始报"))
        }
    };
    ("not_reported", what, next)
}

/// Says what is wrong with a plan.
pub fn plan_fault(fault: &PlanFault) -> String {
    use PlanFault as F;
    match fault {
        F::TargetTwice(id) => format!("目标 {id} 出现两次"),
        F::BadOrigin(id) => format!("单位 {id} 的来源单位写错了：不能是自己、本级，也不能重复"),
        F::OfficeTwice(name) => format!("单位“{name}”重名或没有名称"),
        F::NoOwnUnit => "缺少本级".to_owned(),
        F::CodeTwice(code) => format!("章或节的编号“{code}”出现两次"),
        F::UnknownSection { target, section } => format!("目标 {target} 所属的节 {section} 不存在"),
        F::Unnamed(id) => format!("目标 {id} 缺名称、原文或单位"),
        F::BadStages(id) => format!("目标 {id} 的节点至少两个、都要有名称、月份要递增、最后一个要有月份"),
        F::BadMonth(id) => format!("目标 {id} 的月份不在 1 到 12 之间"),
        F::BadMonthlyPlan(id) => format!("目标 {id} 的分月计划要递增并等于全年目标"),
        F::BadGoal(id) => format!("目标 {id} 的目标数不能是负数"),
        F::OfficialAmount(id) => format!("目标 {id} 不是增速或占比，不能设为公布数"),
        F::BadReference { target, to } => format!("目标 {target} 对照的 {to} 没有增速"),
        F::Cycle(id) => format!("目标 {id} 绕了一圈对照到自己"),
        F::BadAssignment { target, .. } => format!("目标 {target} 的分解重复，或单位不存在"),
        F::OfficialAssigned(id) => format!("目标 {id} 是公布数，只能由本级填"),
        F::BadComparison { lesser, greater } => format!("目标 {lesser} 和 {greater} 不能比较"),
        F::BadCalendar => "截止日要在 1 到 28 之间，月份要在 1 到 12 之间".to_owned(),
    }
}

/// Says why a plan cannot follow the version in force.
pub fn revision_fault(why: &RevisionFault) -> String {
    use RevisionFault as R;
    match why {
        R::OtherPlan => "这是另一个方案，不是新版本".to_owned(),
        R::VersionFalls { before, after } => format!("第 {after} 版不能接在第 {before} 版之后"),
        R::TargetLost(id) => format!("目标 {id} 不见了"),
        R::TargetRevived(id) => format!("目标 {id} 已经停用，不能恢复"),
        R::MeasureChanged(id) => format!("目标 {id} 的类型或单位变了"),
        R::BadSince(id) => format!("目标 {id} 的起始版本与方案版本对不上"),
        R::MergingFixed => "已有报表，不能再改 1—2 月合并或首个报告期".to_owned(),
        R::StagesChanged(id) => {
            format!("目标 {id} 的节点少了、改了名或换了次序；只能在首尾之间增加节点")
        }
        R::OfficeLost(id) => format!("单位 {id} 不见了"),
    }
}
