using System.Globalization;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>Sets of node numbers as libvirt writes them.</summary>
internal static class NodeSet
{
    /// <summary>
    /// libvirt accepts node numbers below this one (libvirt v9.0.0 <c>src/conf/domain_conf.h</c>, VIR_DOMAIN_CPUMASK_LEN).
    /// </summary>
    private const int Limit = 1024;

    /// <summary>
    /// Reads <c>0-3,^2,8</c>: numbers, ranges, and excluded numbers (libvirt v9.0.0 <c>src/util/virbitmap.c</c>, virBitmapParse). False for
    /// an empty set, such as <c>^2</c>: libvirt refuses it.
    /// </summary>
    public static bool TryParse(string text, out ValueList<int> nodes)
    {
        Span<bool> set = stackalloc bool[Limit];
        nodes = [];
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var isOut = part.StartsWith('^');
            var bounds = (isOut ? part[1..] : part).Split('-');
            if (bounds.Length > (isOut ? 1 : 2)
                || !TryNumber(bounds[0], out var first)
                || !TryNumber(bounds[^1], out var last)
                || last < first)
            {
                return false;
            }

            set[first..(last + 1)].Fill(!isOut);
        }

        var members = new List<int>();
        for (var node = 0; node < Limit; node++)
        {
            if (set[node])
            {
                members.Add(node);
            }
        }

        nodes = members.ToValueList();
        return nodes.Count > 0;
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out number) && number < Limit;
}
