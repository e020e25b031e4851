using Nvdimm.Extensions.DomainXml;
using Nvdimm.Hook.Files;
using Nvdimm.Hook.Points;
using Nvdimm.Hook.Start;

namespace Nvdimm.Hook.Libvirt;

/// <summary>
/// A libvirt operation on a domain. For a domain without NVDIMMs it reads only the XML. libvirt waits for its hooks, so a hook must not
/// call libvirt.
/// </summary>
internal abstract class LibvirtPoint : IHookPoint
{
    public abstract int FailureStatus { get; }

    public HookResult Run(HookContext context)
    {
        var (definition, elements, others, unread) = NvdimmText.Read(context.Payload);
        if (definition is null)
        {
            return unread.Count > 0 ? HookResult.Of(unread) : HookResult.Nothing;
        }

        var uses = HostMemoryUses.Find(others, context);
        if (elements.Count == 0 && !uses.Any && unread.Count == 0)
        {
            return HookResult.Nothing;
        }

        var read = DomainGuest.Read(definition);
        if (read.Guest is not { } guest)
        {
            return HookResult.Of(read.Findings);
        }

        var domain = new LibvirtDomain(definition, guest, elements, uses, unread);
        var result = Run(context.Of(guest.Id), domain);
        return result.IsNothing ? result : result with { Subject = $"VM {domain.Name}" };
    }

    /// <summary>Handles the operation for a domain that has NVDIMMs, or some that cannot be read.</summary>
    protected abstract HookResult Run(HookContext context, LibvirtDomain domain);
}
