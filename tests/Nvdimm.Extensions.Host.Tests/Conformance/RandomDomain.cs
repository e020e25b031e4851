using System.Globalization;
using System.Text;
using CsCheck;

namespace Nvdimm.Extensions.Host.Tests.Conformance;

/// <summary>A random domain with one to three NVDIMMs, and other memory devices beside them; some values in it are odd or wrong.</summary>
internal sealed class RandomDomain
{
    private const long KiB = 1 << 10;
    private const long MiB = 1 << 20;
    private const long GiB = 1 << 30;

    private static readonly (string Name, long Bytes)[] Units =
        [("KiB", KiB), ("KiB", KiB), ("", KiB), ("b", 1), ("KB", 1000), ("k", KiB), ("M", MiB), ("mib", MiB), ("GiB", GiB), ("T", GiB * KiB)];

    private static readonly string[] OddNumbers =
        ["{0} ", " {0}", "+{0}", "0{0}", "0x{0}", "{0}.0", "-{0}", "", "x", "18446744073709551615", "18446744073709551616", "9223372036854775807"];

    private readonly StringBuilder devices = new();
    private readonly PCG numbers;

    /// <summary>How many of a hundred values that may be odd are odd: none in many domains, so that the single rules are reached.</summary>
    private readonly int odd;

    private RandomDomain(ulong seed)
    {
        numbers = new PCG((uint)(seed >> 32), seed);
        odd = OneOf(0, 0, 2, 5, 20);
    }

    /// <summary>The domain of a seed, always the same.</summary>
    public static string Of(ulong seed) => new RandomDomain(seed).Xml();

    private string Xml()
    {
        var (architecture, machine) = OneOf(("x86_64", "q35"), ("x86_64", "pc"), ("x86_64", "q35"), ("ppc64", "pseries"));
        var cellCount = IsOdd() ? 0 : 1 + Below(3);
        var cells = Enumerable.Range(0, cellCount).Select(_ => OneOf(128, 256, 512, 131) * MiB).ToArray();
        var memory = cellCount == 0 ? 256 * MiB : cells.Sum();
        var most = memory;
        for (var (number, count) = (0, 1 + Below(3)); number < count; number++)
        {
            most += Below(5) == 0 ? Other(cellCount, architecture) : 0;
            most += Nvdimm(number, cellCount, architecture);
        }

        most += IsOdd() ? OneOf(-KiB, -MiB, KiB) : OneOf(0, GiB, 16 * GiB);
        var slots = IsOdd() ? OneOf("0", "1", "x", "", "0x10", "-1", " +16", "16 ") : OneOf("16", "16", "3");
        var maximum = IsOdd() ? OneOf("", $"<maxMemory>{most / KiB}</maxMemory>") : Size("maxMemory", most, $" slots='{slots}'");
        var numa = string.Concat(cells.Select((size, cell) =>
            $"<cell id='{(IsOdd() ? OneOf("x", "0", "7", $" {cell}", $"{cell} ", $"0{cell}") : $"{cell}")}' cpus='{cell}' memory='{Number(size / KiB)}'/>"));
        return $"<domain type='qemu'><name>random</name>{maximum}{Size("memory", memory)}<vcpu>3</vcpu>"
            + $"<os><type arch='{architecture}' machine='{machine}'>hvm</type></os>{(architecture == "ppc64" ? "" : "<features><acpi/></features>")}"
            + $"{(cellCount == 0 ? "" : $"<cpu><numa>{numa}</numa></cpu>")}"
            + $"<devices><controller type='usb' model='none'/><memballoon model='none'/>{devices}</devices></domain>";
    }

    private long Nvdimm(int number, int cells, string architecture)
    {
        var size = (IsOdd() ? OneOf(0, 1) : OneOf(256, 512, 513, 300)) * MiB + OneOf(0, 128 * KiB, 2 * MiB, 1);
        var isPower = architecture == "ppc64";
        var label = IsOdd() ? OneOf("<label/>", "<label><size/></label>", Label(127 * KiB), Label(size), Label(size - KiB))
            : isPower || Below(3) > 0 ? Label(OneOf(128 * KiB, 2 * MiB))
            : "";
        var uuid = IsOdd() ? OneOf("<uuid/>", "<uuid>zz</uuid>", "<uuid>49545eb3-75e1-2d0a-acdd-f0294406c99e</uuid>") : "";
        var words = OneOf("", " access='shared'", " access='private'") + (IsOdd() ? OneOf(" discard='yes'", " discard='no'", " discard='x'") : "");
        var align = Below(3) > 0 ? "" : IsOdd() ? OneOf("<alignsize/>", Size("alignsize", 0)) : Size("alignsize", OneOf(2 * MiB, 4 * KiB, 16 * MiB));
        devices.Append(
            CultureInfo.InvariantCulture,
            $"<memory model='nvdimm'{words}>{uuid}<source><path>/dev/pmem{number}</path>{align}</source><target>{Size("size", size)}{Node(cells)}{label}</target>{Address()}</memory>");
        return size;
    }

    private long Other(int cells, string architecture)
    {
        var size = OneOf(128, 256, 129) * MiB;
        devices.Append(architecture == "x86_64" && Below(3) == 0
            ? $"<memory model='virtio-mem'><target>{Size("size", size)}{Node(cells)}<block unit='MiB'>2</block><requested>0</requested></target></memory>"
            : $"<memory {Model()}>{(IsOdd() ? "<source><alignsize>x</alignsize></source>" : "")}<target>{Size("size", size)}{Node(cells)}</target>{Address()}</memory>");
        return size;
    }

    private string Model() => IsOdd() ? OneOf("", "model=''", "model='dimm' access='x'", "model='dimm' discard='x'") : "model='dimm'";

    private string Address()
    {
        if (Below(3) > 0)
        {
            return "";
        }

        var type = IsOdd() ? OneOf("", "type='none' ", "type='' ", "type='fakedimm' ") : "type='dimm' ";
        var slot = IsOdd() ? OneOf("", "slot='x'", "slot='0x1'", "slot=' +1'", "slot='1 '", "slot='4294967296'") : $"slot='{Below(16)}'";
        var place = Below(2) == 0 ? "" : IsOdd() ? OneOf(" base='zz'", " base='0x1 '", " base='-1'", " base='0x'") : $" base='0x{GiB * (4 + Below(8)):x}'";
        return $"<address {type}{slot}{place}/>";
    }

    private string Node(int cells) =>
        IsOdd() ? OneOf("", "<node/>", "<node>x</node>", "<node>-1</node>", $"<node>{cells}</node>", "<node> 0</node>", "<node>0 </node>")
        : cells == 0 ? "<node>0</node>"
        : $"<node>{Below(cells)}</node>";

    private string Label(long size) => $"<label>{Size("size", size)}</label>";

    private string Size(string element, long bytes, string attributes = "")
    {
        var (unit, factor) = OneOf(Units.Where(unit => bytes % unit.Bytes == 0).DefaultIfEmpty(Units[0]).ToArray());
        var name = IsOdd() ? OneOf("kib", "foo", " KiB", "E", "Kib", "bytes") : unit;
        return $"<{element}{attributes}{(name.Length == 0 ? "" : $" unit='{name}'")}>{Number(bytes / factor)}</{element}>";
    }

    private string Number(long value) => IsOdd() ? string.Format(CultureInfo.InvariantCulture, OneOf(OddNumbers), value) : $"{value}";

    private bool IsOdd() => Below(100) < odd;

    private T OneOf<T>(params T[] values) => values[Below(values.Length)];

    private int Below(int limit) => (int)numbers.Next((uint)limit);
}
