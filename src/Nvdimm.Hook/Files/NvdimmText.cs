using Nvdimm.Extensions;
using Nvdimm.Extensions.DomainXml;

namespace Nvdimm.Hook.Files;

/// <summary>Whether a payload is worth reading: most VMs have no NVDIMM, and their hooks shall cost nothing.</summary>
internal static class NvdimmText
{
    /// <summary>
    /// Whether a domain's text can have an NVDIMM: the word stands in it, or a character reference that could stand for one of its letters.
    /// VDSM writes UTF-8; UTF-16, which it does not, has zeros.
    /// </summary>
    public static bool MayBeIn(ReadOnlySpan<byte> domainXml) =>
        domainXml.IndexOf("nvdimm"u8) >= 0 || domainXml.IndexOf("&#"u8) >= 0 || domainXml.Contains((byte)0);

    /// <summary>The NVDIMMs of a payload; none where the text cannot have any.</summary>
    /// <returns>The text with them, and what could not be read.</returns>
    /// <exception cref="HookException">The payload cannot be read.</exception>
    public static (string Xml, ValueList<NvdimmElement> Elements, ValueList<Finding> Unread) Read(PayloadFile payload)
    {
        var bytes = payload.Read();
        if (!MayBeIn(bytes))
        {
            return ("", [], []);
        }

        var xml = payload.TextOf(bytes);
        var read = DomainNvdimms.Read(xml);
        return (xml, read.Elements, read.Findings.Where(finding => finding["element"] != "memory").ToValueList());
    }
}
