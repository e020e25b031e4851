using Nvdimm.DevEngine.Storage;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.DevEngine.Operations;

/// <summary>Records changes of a VM's status.</summary>
internal sealed class VmStatuses(EngineDatabase database, Journal journal)
{
    /// <summary>Records a VM's new status, or an attempt, with an event.</summary>
    public void Set(VmRow vm, VmStatus status, long code, string text, string severity = "normal") =>
        database.Write(session => Set(session, vm, status, code, text, severity));

    /// <summary>Records the end of a job; the VM keeps its status if the new one is unknown.</summary>
    public void End(VmParts vm, JobRow job, string end, (VmStatus? Status, long Code, string Text) said) => database.Write(session =>
    {
        session.End(job.Id, end, journal.Now);
        var row = session.Vm(vm.Id).Row;
        return Set(session, row, said.Status ?? StatusWords.Status(row.Status), said.Code, said.Text, end == "failed" ? "error" : "normal");
    });

    private bool Set(EngineSession session, VmRow vm, VmStatus status, long code, string text, string severity)
    {
        var host = status is VmStatus.Down or VmStatus.Suspended ? null : vm.HostId;
        session.Update(vm with { Status = StatusWords.Of(status), HostId = host });
        journal.AddEvent(session, code, text, vm.Id, vm.HostId, severity);
        return true;
    }
}
