using System.Globalization;
using Nvdimm.Extensions;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Output;

/// <summary>One NVDIMM as other programs want it, with the figures of its layout to the byte.</summary>
/// <param name="Element">The NVDIMM as libvirt's XML has it.</param>
/// <param name="Layout">Its layout.</param>
/// <param name="Index">Its number among the NVDIMMs that are printed, from 0.</param>
internal sealed record MemdevForms(NvdimmElement Element, NvdimmLayout Layout, int Index)
{
    /// <summary>
    /// Whether virt-install can be told the path: it takes no comma in one, in any spelling (virt-install 4.1, measured). QEMU takes a doubled one.
    /// </summary>
    public bool IsForVirtInstall => !Element.Path.Contains(',', StringComparison.Ordinal);

    /// <summary>
    /// The value of virt-install's <c>--memdev</c>. Its own keys for sizes take whole MiB only, of which a label of 128 KiB is none: so the sizes are
    /// given by XPath, in libvirt's KiB (virt-install 4.1 <c>virtinst/cli.py</c>, ParserMemdev).
    /// </summary>
    public string VirtInstall
    {
        get
        {
            List<string> parts =
            [
                "nvdimm",
                .. Element.Access is { } access ? new[] { access == NvdimmAccess.Shared ? "access=shared" : "access=private" } : [],
                .. Element.Uuid is { } uuid ? new[] { $"uuid={uuid:D}" } : [],
                $"source.path={Element.Path}",
                .. Element.IsPmem ? new[] { "source.pmem=on" } : [],
                .. Element.GuestNode is { } node ? new[] { $"target.node={Text(node)}" } : [],
            ];
            (string Path, ByteSize? Size)[] sizes =
                [("./source/alignsize", Element.AlignSize), ("./target/size", Element.TargetSize), ("./target/label/size", Element.LabelSize)];
            var number = 0;
            foreach (var (path, size) in sizes)
            {
                if (size is { } known)
                {
                    number++;
                    parts.Add($"xpath{Text(number)}.set={path}");
                    parts.Add($"xpath{Text(number)}.value={Text(known.ToKiBExact())}");
                }
            }

            return string.Join(',', parts);
        }
    }

    /// <summary>
    /// The value of QEMU's <c>-object</c>: the backend has the size that libvirt would give it, so that both start with the same layout. A comma in the
    /// path is doubled (QEMU v7.2.0 <c>util/keyval.c</c>).
    /// </summary>
    public string QemuObject =>
        $"memory-backend-file,id={Backend},mem-path={Element.Path.Replace(",", ",,", StringComparison.Ordinal)},share={(Element.IsShared ? "on" : "off")}"
        + $",size={Text(Layout.BackendSize.Bytes)}{(Element.AlignSize is { } align ? $",align={Text(align.Bytes)}" : "")}{(Element.IsPmem ? ",pmem=on" : "")}";

    /// <summary>The value of QEMU's <c>-device</c>.</summary>
    public string QemuDevice =>
        $"nvdimm,id=nvdimm{Text(Index)},memdev={Backend}{(Element.LabelSize is { } label ? $",label-size={Text(label.Bytes)}" : "")}"
        + $"{(Element.GuestNode is { } node and > 0 ? $",node={Text(node)}" : "")}{(Element.Uuid is { } uuid ? $",uuid={uuid:D}" : "")}";

    private string Backend => $"memnvdimm{Text(Index)}";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
