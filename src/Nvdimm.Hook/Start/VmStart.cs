using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Host.Start;

namespace Nvdimm.Hook.Start;

/// <summary>The start of a VM with NVDIMMs: reads the domain from VDSM or libvirt, and makes the start decision.</summary>
internal abstract class VmStart(
    HookContext context, Domain domain, DomainGuest guest, ValueList<NvdimmElement> elements, StartMemoryUses uses)
{
    /// <summary>The VM's name in findings and claims.</summary>
    protected string VmName => guest.Name ?? context.VmId ?? "a VM";

    /// <summary>The domain as VDSM or libvirt passed it.</summary>
    protected Domain Definition => domain;

    /// <summary>The inputs of the hook.</summary>
    protected HookContext Context => context;

    public HookResult Run() => Decide() with { Subject = $"VM {VmName}" };

    /// <summary>The NVDIMMs that the VM must have; null if another hook has already checked that.</summary>
    /// <param name="reader">Reads the claims.</param>
    /// <param name="devices">The devices of the domain.</param>
    /// <param name="holder">The process that will hold the claims.</param>
    protected abstract StartExpectation? Expect(StartEvidenceReader reader, ValueList<NvdimmDevice> devices, ClaimHolder holder);

    /// <summary>The result of a start that is allowed.</summary>
    protected abstract HookResult Allow(StartSession session);

    private HookResult Decide()
    {
        var reader = new StartEvidenceReader(context.Configuration.StateFolder, context.Time, context.Root);
        var host = reader.ReadHost();
        var subjects = StartDevices.Find(elements, host.Devices);
        var findings = new HostRules(context, guest, subjects).Check().Concat(uses.Refusals);
        var session = StartSession.Begin(reader, host, Request(reader, subjects, findings), Policy);
        return session.IsAllowed ? Allow(session) : HookResult.Of(session.Findings);
    }

    private StartPolicy Policy => new()
    {
        KeepFrom = KeepFrom.RecordThenLabels,
        UnverifiedHypervisor = context.Configuration.UnverifiedHypervisor,
        LostWrites = context.Configuration.PrivateAccess,
        Content = context.Configuration.ExistingContent,
    };

    /// <summary>
    /// The request for the start decision. Until QEMU gets the claims, the process that runs the hook holds them: VDSM, or libvirt's
    /// daemon.
    /// </summary>
    private StartRequest Request(StartEvidenceReader reader, ValueList<StartSubject> subjects, IEnumerable<Finding> findings)
    {
        var holder = ClaimHolder.OfProcess(VmName, context.VmId, LinuxCalls.ParentProcess());
        var devices =
            subjects.Select(subject => subject.Device).OfType<NvdimmDevice>().Concat(uses.Pmems.Select(pmem => pmem.Device)).ToValueList();
        return new StartRequest
        {
            Vm = new StartVm(VmName, context.VmId) { NumaNodes = guest.NumaNodes },
            Domain = domain,
            Architecture = guest.Architecture ?? default,
            GuestRam = guest.Memory,
            HidesHypervisor = guest.HidesHypervisor,
            Subjects = subjects,
            Pmems = uses.Pmems,
            Expectation = Expect(reader, devices, holder),
            Holder = holder,
            IsSimulation = context.IsSimulation,
            Findings = findings.ToValueList(),
        };
    }
}
