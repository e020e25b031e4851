using Nvdimm.Extensions;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Hooks;

namespace Nvdimm.Hook.Files;

/// <summary>Whether a payload is worth reading: most VMs have no NVDIMM, and their hooks shall cost nothing.</summary>
internal static class NvdimmText
{
    /// <summary>
    /// Whether a domain's text can have an NVDIMM: the word is the whole value of an attribute in it, or it can be made up there, of character
    /// references or of what a document type declares. In a name or a description the word says nothing. libvirt passes an encoding that the text
    /// declares over, and takes every domain for UTF-8.
    /// </summary>
    public static bool MayBeIn(ReadOnlySpan<byte> domainXml) =>
        domainXml.IndexOf("\"nvdimm\""u8) >= 0 || domainXml.IndexOf("'nvdimm'"u8) >= 0 || MayBeMadeUp(domainXml)
        || (domainXml.Contains((byte)0) && MayBeInWide(domainXml));

    private static bool MayBeMadeUp(ReadOnlySpan<byte> domainXml) => domainXml.IndexOf("&#"u8) >= 0 || domainXml.IndexOf("<!DOCTYPE"u8) >= 0;

    /// <summary>The same for UTF-16 and UTF-32, which VDSM never writes, but which are no reason to keep a VM without NVDIMMs from its start.</summary>
    private static bool MayBeInWide(ReadOnlySpan<byte> domainXml) =>
        domainXml.IndexOf("n\0v\0d\0i\0m\0m"u8) >= 0 || domainXml.IndexOf("&\0#"u8) >= 0
        || domainXml.IndexOf("n\0\0\0v\0\0\0d\0\0\0i\0\0\0m\0\0\0m"u8) >= 0 || domainXml.IndexOf("&\0\0\0#"u8) >= 0;

    /// <summary>Whether a domain's text can have a virtio-pmem device, or arguments or overrides for QEMU, which can spell anything in many ways.</summary>
    private static bool MayHaveOthers(ReadOnlySpan<byte> domainXml) =>
        domainXml.IndexOf("\"virtio-pmem\""u8) >= 0 || domainXml.IndexOf("'virtio-pmem'"u8) >= 0 || domainXml.IndexOf(":commandline"u8) >= 0
        || domainXml.IndexOf("<commandline"u8) >= 0 || domainXml.IndexOf(":override"u8) >= 0 || domainXml.IndexOf("<override"u8) >= 0 || MayBeMadeUp(domainXml);

    /// <summary>The NVDIMMs of a payload, and what else it uses as memory; none where the text cannot have any.</summary>
    /// <returns>The text with them, other files that the domain uses as memory, and what could not be read.</returns>
    /// <exception cref="HookException">The payload cannot be read.</exception>
    public static (string Xml, ValueList<NvdimmElement> Elements, ValueList<DomainDeviceUse> Others, ValueList<Finding> Unread) Read(Payload payload)
    {
        var bytes = payload.Read();
        var mayHaveOthers = MayHaveOthers(bytes);
        if (!mayHaveOthers && !MayBeIn(bytes))
        {
            return ("", [], [], []);
        }

        var xml = payload.TextOf(bytes);
        var read = DomainNvdimms.Read(xml);
        var uses = mayHaveOthers ? DomainDeviceUses.Read(xml) : new DomainDeviceUsesResult([], []);
        var others = uses.Uses.Where(use => use is { IsMemory: true, Kind: not DomainUseKind.Nvdimm }).ToValueList();
        return (xml, read.Elements, others, read.Findings.Where(finding => finding["element"] != "memory").Union(uses.Findings).ToValueList());
    }
}
