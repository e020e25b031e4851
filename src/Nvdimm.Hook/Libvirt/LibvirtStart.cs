using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Hook.Start;

namespace Nvdimm.Hook.Libvirt;

/// <summary>The start of a domain by libvirt, which reads no changed domain back: what would have to be changed is printed, and refused.</summary>
internal sealed class LibvirtStart(HookContext context, LibvirtDomain domain)
    : VmStart(context, domain.Xml, domain.Guest, domain.Elements, domain.Uses)
{
    private const string Vdsm = "vdsmd";

    /// <summary>
    /// Where VDSM has claimed the devices for this VM, its hook has judged what the VM has to have, also by custom properties that libvirt
    /// does not have; its claims pass on to libvirt's daemon. Otherwise the ledger's word counts.
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
        if (session.DomainXml == Xml)
        {
            return new HookResult(session.Findings) { Complete = session.Record, GiveUp = session.GiveUp };
        }

        var kept = session.GiveUp();
        return HookResult.Of(
        [
            Finding.Error(
                NvdimmCodes.DomainToEdit,
                ("vm", VmName),
                ("elements", string.Join(' ', ToWrite(session.DomainXml!)))),
            .. session.Findings.Where(finding => finding.Code != NvdimmCodes.HookDomainCorrected),
            .. kept,
        ]);
    }

    /// <summary>The elements that differ, each in one line.</summary>
    private IEnumerable<string> ToWrite(string wanted)
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

    /// <summary>Whether a process is VDSM, by its command line: a program or script of that name.</summary>
    private static bool IsVdsm(int process) =>
        SmallFile.TextOrNull($"/proc/{process}/cmdline") is { } line && line.Split('\0').Take(2).Any(word => Path.GetFileName(word) == Vdsm);
}
