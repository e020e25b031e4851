using Nvdimm.Extensions;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Hypervisor;
using Nvdimm.Extensions.Host.Start;

namespace Nvdimm.Hook.Start;

/// <summary>The start of a VM with NVDIMMs: plan, claim, check, write.</summary>
internal sealed class VmStart
{
    private readonly HookContext context;
    private readonly string xml;
    private readonly DomainGuest guest;
    private readonly ValueList<NvdimmElement> elements;
    private readonly StartCheck check;

    public VmStart(HookContext context, string xml, DomainGuest guest, ValueList<NvdimmElement> elements)
    {
        (this.context, this.xml, this.guest, this.elements) = (context, xml, guest, elements);
        check = new StartCheck(context.Configuration.StateFolder, context.Time, context.Root);
    }

    private string VmName => guest.Name ?? context.VmId ?? "a VM";

    public HookResult Run()
    {
        var result = Decide();
        return result with { Subject = $"VM {VmName}" };
    }

    private HookResult Decide()
    {
        var findings = new List<Finding>();
        var folder = context.Configuration.StateFolder;
        if (!Directory.Exists(folder))
        {
            // Made at the installation: where it is not, it was lost with its records, or may not be seen, and every device would look like a new one.
            return HookResult.Of(Finding.Error(NvdimmCodes.HookFailed, ("what", $"Reading {folder}"), ("reason", "there is no such folder; 'systemd-tmpfiles --create' or 'nvdimm host install' makes it")));
        }

        var host = check.ReadHost();
        var listing = host.Ledger;
        var records = listing.Records;

        // A record that cannot be read may be the only one that tells a device from another.
        findings.AddRange(listing.Findings);
        var devices = StartDevices.Find(elements, records, context, findings);
        findings.AddRange(new StartPolicy(context, guest, devices, records).Check());
        findings.AddRange(InUse(devices));
        findings.AddRange(LastUsedByOthers(devices));
        var claims = new StartClaims(check.Claims, context);
        var result = HookResult.Nothing;
        try
        {
            result = Plan(devices, host, claims, findings);
        }
        finally
        {
            if (result.Complete is null)
            {
                claims.Release();
            }
        }

        return result;
    }

    /// <summary>Whoever has not got a device does not look into it: the one who has asks whether it is used by opening it for himself alone.</summary>
    private HookResult Plan(IReadOnlyList<StartDevice> devices, HostState host, StartClaims claims, List<Finding> findings)
    {
        var planner = new StartPlanner(check, host, guest, context);
        var plans = new List<StartPlan>();
        var present = devices.Where(device => device.Device is not null).ToList();
        foreach (var (device, claim) in present.Zip(claims.Take(present.Select(device => device.Device!), VmName)))
        {
            findings.AddRange(claim.Findings);
            if (claim.Findings.Count == 0 && planner.Plan(device, claim.Claim, findings) is { } plan)
            {
                plans.Add(plan);
            }
        }

        var edited = Edit(plans, findings);
        var all = findings.Distinct().ToValueList();
        return edited is null || all.Any(finding => finding.Severity == Severity.Error)
            ? HookResult.Of(all)
            : new HookResult(all, edited == xml ? null : edited) { Complete = () => Record(plans), GiveUp = claims.Release };
    }

    /// <summary>A QEMU that has a device open is seen, whoever has forgotten to claim it.</summary>
    private IEnumerable<Finding> InUse(IReadOnlyList<StartDevice> devices)
    {
        var running = new QemuProcesses(context.Root).List().Select(process => (Process: process, Files: process.ReadMemoryFiles())).ToList();
        return from device in devices
               from qemu in running
               where qemu.Files.Has(device.Element.Path)
               let process = qemu.Process
               select Finding.Error(NvdimmCodes.UsedByOtherVm, ("device", device.Name), ("otherVm", $"{process.VmName}, which is running (process {process.ProcessId})"));
    }

    /// <summary>
    /// A device that another VM had last, which need not run now: after renumbering, or in a copy of a VM, that is how its data is lost. The
    /// custom property or 'nvdimm layout forget' says that it is meant.
    /// </summary>
    private IEnumerable<Finding> LastUsedByOthers(IReadOnlyList<StartDevice> devices) =>
        from device in devices
        where device.Record is { Layout: not null, VmId: { } other }
            && !string.Equals(other, context.VmId, StringComparison.OrdinalIgnoreCase)
            && !MissingNvdimms.IsNamed(context, device.Device?.Uuid)
        select Finding.Error(NvdimmCodes.UsedByOtherVm, ("device", device.Name), ("otherVm", $"{device.Record!.VmName ?? device.Record.VmId}, which had it last,"));

    private string? Edit(List<StartPlan> plans, List<Finding> findings)
    {
        var wanted = plans.Select(plan => plan.Element).OfType<NvdimmElement>().ToArray();
        var edited = DomainXmlEditor.Update(xml, wanted);
        findings.AddRange(edited.Findings);
        if (edited.Xml is { } text && text != xml)
        {
            findings.Add(DomainCorrections.Of(elements, wanted, guest.MaxMemory, DomainGuest.Read(text).Guest?.MaxMemory));
        }

        return edited.Xml;
    }

    /// <summary>What would be written anew only says that it was used again; that waits until the VM runs, since the disk is slow.</summary>
    private void Record(List<StartPlan> plans)
    {
        foreach (var plan in plans)
        {
            var use = plan.Verdict.UseBy(VmName, context.VmId);
            var old = plan.Verdict.Layout.Evidence.Recorded.Record;
            var isKnown = old is not null && old.Layout == use.Layout && old.Name == use.Name && old.Path == use.Path && old.VmId == use.VmId
                && old.VmName == use.VmName && old.Hypervisor == use.Hypervisor && (old.LabelSum is not null || use.LabelSum is null);
            if (!isKnown && check.Ledger.Save(use) is { IsReadable: false } failed)
            {
                throw new HookException(failed.Findings[0]);
            }
        }
    }
}
