using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Start;

namespace Nvdimm.Hook.Start;

/// <summary>The start of a VM by VDSM, which passes the domain that the hook wrote to libvirt.</summary>
internal sealed class VdsmStart(
    HookContext context, Domain domain, DomainGuest guest, ValueList<NvdimmElement> elements, StartMemoryUses uses)
    : VmStart(context, domain, guest, elements, uses)
{
    /// <inheritdoc/>
    protected override StartExpectation? Expect(StartEvidenceReader reader, ValueList<NvdimmDevice> devices, ClaimHolder holder) =>
        Expectations.Of(Context, Context.Configuration);

    /// <inheritdoc/>
    protected override HookResult Allow(StartSession session) =>
        new(session.Findings, session.DomainXml == Definition.Xml ? null : session.DomainXml)
        {
            Commit = session.Record,
            RollBack = session.RollBack,
        };
}
