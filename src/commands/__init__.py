"""What may happen next. A command looks at a book and answers with events, or refuses."""

from commands.command import Command
from commands.debtors.contacts import AddDebtorNote, LogDebtorContact
from commands.debtors.holds import HoldDebtor, ReleaseDebtor
from commands.debtors.listed_money import ListMoneyPerErp
from commands.debtors.money import (
    AllocateCredit,
    AllocateMoney,
    ReceiveMoney,
    ReturnMoney,
    ReverseMoney,
)
from commands.debtors.registration import CorrectDebtor, RecordCreditCheck, RegisterDebtor
from commands.disputes.approvals import (
    ApproveAfterwards,
    ApproveCredit,
    RefuseCredit,
    RequestCredit,
)
from commands.disputes.opening import OpenDispute
from commands.disputes.resolutions import (
    RecordOutcomeNotice,
    ReopenDispute,
    ResolveDispute,
    VoidDispute,
)
from commands.disputes.resolvers import (
    AssignResolver,
    EscalateDispute,
    MoveFollowUpDate,
    RecordAnswer,
    RemindResolver,
    UpdateDisputeComment,
)
from commands.follow_up.holds import HoldFollowUp, ReleaseHold, ScheduleFollowUp
from commands.follow_up.promises import (
    BreakPromise,
    JudgePromise,
    KeepPromise,
    MakePromise,
    WithdrawPromise,
)
from commands.follow_up.tasks import (
    CompleteTask,
    PostponeDebtorTask,
    PostponeTask,
    TakeUpDebtorTask,
    TakeUpTask,
)
from commands.handoffs import HandOff, RecallHandOff
from commands.invoices.contacts import AddNote, AttachDocument, LogContact, RecordReminder
from commands.invoices.delivery import RecordDelivery, RecordDeliveryFailure, RecordSending
from commands.invoices.registration import CancelInvoice, CorrectInvoice, RegisterInvoice
from commands.payments.charges import ChargeInterest, ChargeLateFee, WaiveInterest, WaiveLateFee
from commands.payments.erp import ClosePerErp, SettlePerErp
from commands.payments.payments import IssueCreditNote, ReceivePayment, ReversePayment, WriteOff

COMMANDS: dict[str, type[Command]] = {
    command.verb(): command
    for command in (
        RegisterInvoice,
        CorrectInvoice,
        CancelInvoice,
        RecordSending,
        RecordDelivery,
        RecordDeliveryFailure,
        LogContact,
        RecordReminder,
        AddNote,
        AttachDocument,
        OpenDispute,
        AssignResolver,
        RemindResolver,
        RecordAnswer,
        MoveFollowUpDate,
        UpdateDisputeComment,
        EscalateDispute,
        RequestCredit,
        ApproveCredit,
        RefuseCredit,
        ApproveAfterwards,
        ResolveDispute,
        RecordOutcomeNotice,
        ReopenDispute,
        VoidDispute,
        HoldFollowUp,
        ReleaseHold,
        ScheduleFollowUp,
        ReceivePayment,
        ReversePayment,
        IssueCreditNote,
        WriteOff,
        ChargeLateFee,
        WaiveLateFee,
        ChargeInterest,
        WaiveInterest,
        SettlePerErp,
        ClosePerErp,
        MakePromise,
        KeepPromise,
        BreakPromise,
        WithdrawPromise,
        JudgePromise,
        HandOff,
        RecallHandOff,
        RegisterDebtor,
        CorrectDebtor,
        LogDebtorContact,
        AddDebtorNote,
        RecordCreditCheck,
        HoldDebtor,
        ReleaseDebtor,
        ReceiveMoney,
        AllocateMoney,
        AllocateCredit,
        ListMoneyPerErp,
        ReturnMoney,
        ReverseMoney,
        CompleteTask,
        PostponeTask,
        PostponeDebtorTask,
        TakeUpTask,
        TakeUpDebtorTask,
    )
}
