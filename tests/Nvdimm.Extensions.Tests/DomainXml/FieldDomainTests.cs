using System.Xml.Linq;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Tests.DomainXml;

/// <summary>What is read of the domains of the field, and that an update without changes changes nothing.</summary>
public sealed class FieldDomainTests
{
    private const int Shuffles = 20;
    private static readonly ValueList<string> Twice = ["X14-same-path-twice", "tp-same-path-twice"];

    private static IEnumerable<TestCaseData> Files => FieldDomains.All.Select(file => new TestCaseData(file).SetArgDisplayNames(Path.GetFileNameWithoutExtension(file)));

    [TestCaseSource(nameof(Files))]
    public void Update_WithWhatIsRead_ChangesNoCharacter(string file)
    {
        var xml = File.ReadAllText(file);
        AssertUnchanged(xml, file);
        for (var i = 1; i <= Shuffles; i++)
        {
            AssertUnchanged(Shuffled(xml, i), file);
        }
    }

    [TestCaseSource(typeof(RefusalRows), nameof(RefusalRows.All))]
    public void Update_OfEveryRefusalRow_ChangesNoCharacter(RefusalRow row)
    {
        // The one thing that an update repairs: libvirt lets the maximum pass, and rounds it away.
        var isRepaired = row.Qemu?.StartsWith("not enough space", StringComparison.Ordinal) == true;
        var read = DomainNvdimms.Read(row.Xml);
        var updated = DomainXmlEditor.Update(row.Xml, read.Elements).Xml;
        Assert.That(updated, isRepaired ? Is.Not.EqualTo(row.Xml) : Is.EqualTo(row.Xml));
        Assert.That(!isRepaired || DomainRefusals.Check(updated!, LibvirtProfile.For(new Version(9, 0))).Count == 0, Is.True);
        Assert.That(DomainXmlEditor.Update(updated!, read.Elements).Xml, Is.EqualTo(updated));
    }

    [TestCaseSource(nameof(Twice))]
    public void Update_OfAPathThatIsThereTwice_IsRefusedOnce(string name)
    {
        var xml = FieldDomains.Text(name);
        Assert.That(DomainSamples.Codes(DomainXmlEditor.Update(xml, DomainNvdimms.Read(xml).Elements).Findings), Is.EqualTo(new[] { NvdimmCodes.AlreadyAttached }));
    }

    /// <summary>path: size, label, align in KiB, node, access (own/inherited), what else. Sources: the files; units as libvirt 9.0.0 showed them after a start.</summary>
    [TestCase("X02-famfs-GiB-units-label16M-memory-is-sum", "8388608 16384 2048 0 Shared/- pmem slot 1")]
    [TestCase("X06-nova-vpmem-no-units-pmem-on", "4192256 2048 2048 0 Shared/- pmem")]
    [TestCase("X07-virt-install-all-memdevs", "524288 128 2048 0 -/- pmem readonly slot 1 at 0x140000000")]
    [TestCase("X10-units-M-and-KB", "524288 256 - 1 Shared/- slot 0")]
    [TestCase("X10b-no-numa-no-maxmemory", "524288 256 - - Shared/-")]
    [TestCase("X21-virt-install-label-no-alignsize", "524288 128 - 0 -/-")]
    [TestCase("golden-readonly-private", "523264 128 2048 0 Private/- readonly slot 0")]
    [TestCase("golden-ppc-nonuma", "524416 128 - - Shared/- uuid slot 0")]
    [TestCase("tp-access-backing-shared", "524288 - - 0 -/Shared|524288 - - 1 -/Private")]
    [TestCase("tp-nvdimm-no-label", "524288 - - 0 Shared/- slot 0")]
    [TestCase("tp-nvdimm-discard", "524288 256 - 1 Shared/- discard slot 0")]
    [TestCase("tp-invalid-addr-type", "524288 128 2048 0 -/- fakedimm")]
    [TestCase("tpq-ppc-label-256m", "1048576 262144 - 0 Shared/-")]
    public void Read_ExactlyWhatStandsThere(string name, string expected) =>
        Assert.That(string.Join('|', DomainNvdimms.Read(FieldDomains.Text(name)).Elements.Select(Text)), Is.EqualTo(expected));

    /// <summary>As libvirt 9.0.0 gave QEMU <c>share</c>: the cell goes before the domain, the NVDIMM before both; without any, nothing is given.</summary>
    [TestCase("", "", "", false)]
    [TestCase("", "", " access='shared'", true)]
    [TestCase("shared", "", "", true)]
    [TestCase("private", "", "", false)]
    [TestCase("shared", "", " access='private'", false)]
    [TestCase("private", " memAccess='shared'", "", true)]
    [TestCase("shared", " memAccess='private'", "", false)]
    [TestCase("", " memAccess='shared'", "", true)]
    public void Read_Access(string backing, string cell, string own, bool isShared)
    {
        var extra = backing.Length == 0 ? "" : $"<memoryBacking><access mode='{backing}'/></memoryBacking>";
        var xml = RefusalRows.Domain(RefusalRows.Nvdimm(attributes: own), cells: RefusalRows.Cell.Replace("<cell", "<cell" + cell, StringComparison.Ordinal), extra: extra);
        var element = DomainNvdimms.Read(xml).Elements.Single();
        Assert.That(element.IsShared, Is.EqualTo(isShared));

        // An engine's element wants shared: written only where the guest's writes do not reach the device.
        var wanted = DomainSamples.Element().WithLayout(element.TargetSize, element.AlignSize, element.LabelSize);
        Assert.That(wanted.Access, Is.EqualTo(NvdimmAccess.Shared));
        var updated = DomainXmlEditor.Update(xml.Replace("<path>", "<pmem/><path>", StringComparison.Ordinal), wanted).Xml!;
        Assert.That(updated.Contains("access=\"shared\"", StringComparison.Ordinal), Is.EqualTo(!isShared));
        Assert.That(DomainNvdimms.Read(updated).Elements.Single().IsShared, Is.True);
    }

    /// <summary>The access of another cell says nothing, and cells without number are counted (libvirt 9.0.0, both measured).</summary>
    [TestCase("<cell memAccess='shared'/><cell/>", false)]
    [TestCase("<cell/><cell memAccess='shared'/>", true)]
    [TestCase("<cell id='1' memAccess='shared'/><cell id='0'/>", true)]
    public void Read_AccessOfItsCell(string cells, bool isShared)
    {
        var xml = RefusalRows.Domain(RefusalRows.Nvdimm(attributes: "", node: "<node>1</node>"), cells: $"<cpu><numa>{cells}</numa></cpu>");
        Assert.That(DomainNvdimms.Read(xml).Elements.Single().IsShared, Is.EqualTo(isShared));
    }

    /// <summary>What libvirt drops is nothing; what it refuses is no element.</summary>
    [TestCase("<label><size>0</size></label>", "<alignsize>0</alignsize>", "<address type='dimm' slot='3' base='0x0'/>", "524288 - - 0 Shared/- slot 3")]
    [TestCase("<label/>", "", "<address type='dimm' slot='0' base='140000000'/>", "524288 - - 0 Shared/- slot 0 at 0x140000000")]
    [TestCase("", "", "<address type='dimm' slot='-1'/>", "")]
    [TestCase("", "", "<address type='dimm' slot='1' base='0x8000000000000000'/>", "")]
    [TestCase("", "", "<address type='pci' slot='0x05'/>", "524288 - - 0 Shared/- pci")]
    public void Read_Edges(string label, string align, string address, string expected) => Assert.That(
        string.Join('|', DomainNvdimms.Read(RefusalRows.Domain(RefusalRows.Nvdimm(label: label, align: align, address: address))).Elements.Select(Text)),
        Is.EqualTo(expected));

    /// <summary>RAM without NUMA cells is what the devices leave of the memory: libvirt 9.0.0 gave QEMU <c>-m size=1572864k</c> and <c>524288k</c>, before rounding.</summary>
    [TestCase("golden-ppc-nonuma", 2097152 - 524416)]
    [TestCase("vdsm-running-12g-8g", 4194304)]
    [TestCase("tp-alloc-with-slot-no-numa", 2097152 - 524288)]
    [TestCase("X15-dumpxml-running", 4194304)]
    [TestCase("X02-famfs-GiB-units-label16M-memory-is-sum", 32 * 1048576)]
    public void Guest_Memory(string name, long kibibytes) =>
        Assert.That(DomainGuest.Read(FieldDomains.Text(name)).Guest!.Memory, Is.EqualTo(ByteSize.FromKiB(kibibytes)));

    [Test]
    public void Guest_DevicesThatLeaveNoMemory_Zero()
    {
        var xml = FieldDomains.Text("golden-ppc-nonuma").Replace(">2097152</memory>", ">524416</memory>", StringComparison.Ordinal);
        Assert.That(DomainGuest.Read(xml).Guest!.Memory, Is.EqualTo(ByteSize.Zero));
    }

    /// <summary>DIMM and NVDIMM count; libvirt before 9.5 counts four.</summary>
    [Test]
    public void Guest_SlotsAreTakenByDimmsAndNvdimms() =>
        Assert.That(DomainGuest.Read(FieldDomains.Text("golden-multiple-slots-2")).Guest!.MemoryDevices, Is.EqualTo(2));

    /// <summary>F4: the NVDIMM is on guest node 3, pinned to host node 3; for a device on host node 2 guest node 2 is right.</summary>
    [Test]
    public void Guest_NodeOfAnNvdimm()
    {
        var xml = FieldDomains.Text("X12-hana-hugepages-4-cells");
        var guest = DomainGuest.Read(xml).Guest!;
        var element = DomainNvdimms.Read(xml).Elements.Single();
        Assert.That(guest.NodeOf(element), Is.EqualTo(new GuestNumaNode(3, [3])));
        Assert.That(guest.NodePinnedTo(2)!.Index, Is.EqualTo(2));
        Assert.That(guest.NodePinnedTo(4), Is.Null);
        Assert.That(guest.NodeOf(element.WithGuestNode(9)), Is.Null);
        Assert.That(guest.NodeOf(DomainNvdimms.Read(FieldDomains.Text("X10b-no-numa-no-maxmemory")).Elements.Single()), Is.Null);
        Assert.That(() => guest.NodeOf(null!), Throws.ArgumentNullException);
        Assert.That(() => element.WithGuestNode(-1), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void WithLayout_TakesWholeKiB()
    {
        var element = DomainSamples.Element().WithLayout(ByteSize.FromMiB(4), null, null);
        Assert.That((element.TargetSize, element.AlignSize, element.LabelSize), Is.EqualTo((ByteSize.FromMiB(4), (ByteSize?)null, (ByteSize?)null)));
        Assert.That(() => element.WithLayout(ByteSize.FromBytes(1025), null, null), Throws.ArgumentException);
        Assert.That(() => element.WithLayout(ByteSize.FromMiB(4), ByteSize.Zero, null), Throws.ArgumentException);
        Assert.That(() => element.WithLayout(ByteSize.FromMiB(4), null, ByteSize.FromBytes(1)), Throws.ArgumentException);
    }

    private static void AssertUnchanged(string xml, string file)
    {
        if (Twice.Contains(Path.GetFileNameWithoutExtension(file)))
        {
            return;
        }

        var read = DomainNvdimms.Read(xml);
        Assert.That(read.Findings, Is.Empty, "it can be read");
        Assert.That(DomainXmlEditor.Update(xml, read.Elements).Xml, Is.EqualTo(xml));
    }

    /// <summary>The same domain with the attributes and children of its NVDIMMs, and the children of the root, in another order.</summary>
    private static string Shuffled(string xml, int number)
    {
        var root = XElement.Parse(xml, LoadOptions.PreserveWhitespace);
        var nvdimms = root.Element("devices")!.Elements("memory").SelectMany(memory => memory.DescendantsAndSelf()).ToList();
        foreach (var element in nvdimms.Append(root))
        {
            element.ReplaceAttributes(InOrder(element.Attributes(), number));
            if (element.HasElements)
            {
                var nodes = InOrder(element.Nodes(), number);
                element.RemoveNodes();
                element.Add(nodes);
            }
        }

        return root.ToString(SaveOptions.DisableFormatting);
    }

    private static T[] InOrder<T>(IEnumerable<T> items, int number) =>
        items.Select((item, index) => (item, Key: ((index + 1) * 7919 * number) % 1009)).OrderBy(pair => pair.Key).Select(pair => pair.item).ToArray();

    private static string Text(NvdimmElement element) => string.Join(' ', new[]
    {
        $"{element.TargetSize.ToKiBExact()} {element.LabelSize?.ToKiBExact().ToString() ?? "-"} {element.AlignSize?.ToKiBExact().ToString() ?? "-"} {element.GuestNode?.ToString() ?? "-"}",
        $"{element.Access?.ToString() ?? "-"}/{element.InheritedAccess?.ToString() ?? "-"}",
        element.IsPmem ? "pmem" : "",
        element.IsReadOnly ? "readonly" : "",
        element.Discard == true ? "discard" : "",
        element.Uuid is null ? "" : "uuid",
        element.Address is { IsDimm: false } other ? other.Type! : "",
        element.Address?.Slot is { } slot ? $"slot {slot}" : "",
        element.Address?.Base is { } start ? $"at 0x{start.Bytes:x}" : "",
    }.Where(part => part.Length > 0));
}
