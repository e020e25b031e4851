using Nvdimm.Extensions;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Host.Start;

namespace Nvdimm.Hook.Start;

/// <summary>The start of a VM with NVDIMMs: reads what VDSM gave, and says what the start decision is.</summary>
internal sealed class VmStart(HookContext context, string xml, DomainGuest guest, ValueList<NvdimmElement> elements, StartMemoryUses uses)
{
    private string VmName => guest.Name ?? context.VmId ?? "a VM";

    public HookResult Run() => Decide() with { Subject = $"VM {VmName}" };

    private HookResult Decide()
    {
        var reader = new StartEvidenceReader(context.Configuration.StateFolder, context.Time, context.Root);
        var host = reader.ReadHost();
        var subjects = StartDevices.Find(elements, host.Devices);
        var findings = new HostRules(context, guest, subjects).Check().Concat(uses.Refusals);
        var session = StartSession.Begin(reader, host, Request(subjects, findings), Policy);
        return session.IsAllowed
            ? new HookResult(session.Findings, session.DomainXml == xml ? null : session.DomainXml) { Complete = session.Record, GiveUp = session.GiveUp }
            : HookResult.Of(session.Findings);
    }

    private StartPolicy Policy => new()
    {
        KeepFrom = KeepFrom.RecordThenLabels,
        UnverifiedHypervisor = context.Configuration.UnverifiedHypervisor,
        LostWrites = context.Configuration.PrivateAccess,
        Content = context.Configuration.ExistingContent,
    };

    /// <summary>Until <c>after_vm_start</c> hands the claims to QEMU, the process that runs the hook holds them: VDSM.</summary>
    private StartRequest Request(ValueList<StartSubject> subjects, IEnumerable<Finding> findings) => new()
    {
        Vm = new StartVm(VmName, context.VmId) { NumaNodes = guest.NumaNodes },
        DomainXml = xml,
        Architecture = guest.Architecture ?? default,
        GuestRam = guest.Memory,
        HidesHypervisor = guest.HidesHypervisor,
        Subjects = subjects,
        Pmems = uses.Pmems,
        Expectation = Expectations.Of(context, context.Configuration),
        Holder = ClaimHolder.OfProcess(VmName, context.VmId, LinuxCalls.ParentProcess()),
        IsSimulation = context.IsSimulation,
        Findings = findings.ToValueList(),
    };
}
