using Nvdimm.Extensions.DomainXml;
using Nvdimm.Hook.Files;
using Nvdimm.Hook.Start;

namespace Nvdimm.Hook.Points;

/// <summary>
/// A VM is about to start: checks each NVDIMM and writes its existing layout into the domain. Any doubt refuses the start.
/// </summary>
internal sealed class BeforeVmStart : IHookPoint
{
    public int FailureStatus => ExitStatus.Refused;

    public HookResult Run(HookContext context)
    {
        var (domain, elements, others, unread) = NvdimmText.Read(context.Payload);
        if (unread.Count > 0)
        {
            return HookResult.Of(unread);
        }

        var uses = HostMemoryUses.Find(others, context);
        if (domain is null || (elements.Count == 0 && !uses.Any))
        {
            return Expectations.OfVmWithout(context);
        }

        var read = DomainGuest.Read(domain);
        return read.Guest is { } guest ? new VdsmStart(context, domain, guest, elements, uses).Run() : HookResult.Of(read.Findings);
    }
}
