using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Hook.Start;

namespace Nvdimm.Hook.Libvirt;

/// <summary>
/// The start of a domain by libvirt. libvirt does not read a changed domain back, so a start that needs changes prints them and is refused.
/// </summary>
internal sealed class LibvirtStart(HookContext context, LibvirtDomain domain)
    : VmStart(context, domain.Definition, domain.Guest, domain.Elements, domain.Uses)
{
    private const string Vdsm = "vdsmd";

    /// <summary>
    /// The NVDIMMs that the VM must have. If VDSM holds the claims for this VM, VDSM's hook has already checked this, also by custom
    /// properties that libvirt lacks; its claims pass to libvirt's daemon. Otherwise the ledger decides.
    /// </summary>
    protected override StartExpectation? Expect(StartEvidenceReader reader, ValueList<NvdimmDevice> devices, ClaimHolder holder)
    {
        var claims = devices.Select(device => reader.Claims.FindOf(DeviceIdentity.Of(device), Context.VmId)).OfType<DeviceClaim>()
            .Where(claim => claim.Holder.IsAlive && IsVdsm(claim.Holder.ProcessId))
            .ToList();
        if (claims.Count == 0)
        {
            return Expectations.Of(Context, Context.Configuration);
        }

        foreach (var claim in Context.IsSimulation ? [] : claims)
        {
            reader.Claims.Transfer(claim, holder);
        }

        return null;
    }

    /// <inheritdoc/>
    protected override HookResult Allow(StartSession session)
    {
        if (session.DomainXml == Definition.Xml)
        {
            return new HookResult(session.Findings) { Commit = session.Record, RollBack = session.RollBack };
        }

        var kept = session.RollBack();
        return HookResult.Of(
        [
            Finding.Error(
                NvdimmCodes.DomainToEdit,
                ("vm", VmName),
                ("elements", string.Join(' ', ToWrite(session.Domain!)))),
            .. session.Findings.Where(finding => finding.Code != NvdimmCodes.HookDomainCorrected),
            .. kept,
        ]);
    }

    /// <summary>The elements to change, one line each.</summary>
    private IEnumerable<string> ToWrite(Domain wanted)
    {
        foreach (var element in DomainNvdimms.Read(wanted).Elements.Except(domain.Elements))
        {
            yield return string.Concat(element.ToXml().Split('\n').Select(line => line.Trim()));
        }

        if (DomainGuest.Read(wanted).Guest is { MaxMemory: { } maximum } guest && maximum != domain.Guest.MaxMemory)
        {
            yield return $"<maxMemory slots='{guest.MemorySlots}' unit='KiB'>{maximum.ToKiBExact()}</maxMemory>";
        }
    }

    /// <summary>Whether the command line of a process is VDSM's: a program or script of that name.</summary>
    private static bool IsVdsm(int process) =>
        SmallFile.TextOrNull($"/proc/{process}/cmdline") is { } line
            && line.Split('\0').Take(2).Any(word => Path.GetFileName(word) == Vdsm);
}
