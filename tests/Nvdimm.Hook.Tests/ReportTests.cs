using CsCheck;
using Newtonsoft.Json.Linq;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Hook.Tests;

public sealed class ReportTests : ReportFixture
{
    /// <summary>A hot-plug block, and the label in what libvirt rounds to.</summary>
    private const long Smallest = 130L << 20;

    [Test]
    public void NewDevice_IsReportedSuchThatTheEnginesFormulaWorks() => Gen.Select(
        Gen.OneOf(Gen.Long[1, 256L << 8], Gen.Long[1, 40L << 18]).Select(count => count * 4096),
        Gen.OneOf<long?>(null, 4096, 65536, 2 << 20, 16 << 20, 128 << 20, 256 << 20, 1 << 30)).Sample(
            (size, align) =>
            {
                var request = new SizingRequest(GuestArchitecture.X86_64, ByteSize.FromBytes(size)) { Align = align is { } bytes ? Alignment.FromBytes(bytes) : null };
                var report = EngineReport.For(request);
                if (report is not { } found)
                {
                    return size < Smallest;
                }

                return Works(found.DeviceSize.Bytes, found.Align?.Bytes, size, align) && (!Works(size, align, size, align) || found.IsUnchanged);
            },
            iter: 20_000);

    [Test]
    public void RecordedLayout_IsReportedExactly() => Gen.Select(Gen.Long[130, 20_000], Gen.OneOf(4096L, 65536, 2 << 20, 16 << 20, 128 << 20), Gen.Bool).Sample(
        (mebibytes, align, isLargest) =>
        {
            var request = new SizingRequest(GuestArchitecture.X86_64, ByteSize.FromMiB(mebibytes)) { Align = Alignment.FromBytes(align), Strategy = isLargest ? SizingStrategy.Largest : SizingStrategy.Ovirt };
            if (NvdimmSizer.Size(request).Layout is not { } layout)
            {
                return true;
            }

            // The engine's formula has no way to a layout of the other strategy with an alignment above libvirt's 2 MiB.
            var report = EngineReport.Keeping(request, layout.TargetSize, layout.AlignSize);
            return report is not { } found ? isLargest && align > 2 << 20 : EngineFormula.Size(found.DeviceSize.Bytes, found.Align?.Bytes) == layout.TargetSize.Bytes && (found.Align?.Bytes ?? 128 << 20) == layout.AlignSize.Bytes;
        },
        iter: 5_000);

    [TestCase(256, 64, ExpectedResult = null, TestName = "Power_OneBlock_HasNoRoomForTheLabel")]
    [TestCase(1024, 64, ExpectedResult = 768, TestName = "Power_WholeBlocks_LoseOne")]
    [TestCase(513, 64, ExpectedResult = 512, TestName = "Power_ALittleMore_LosesNothing")]
    public long? Power(long mebibytes, long alignKiB) =>
        EngineReport.For(new SizingRequest(GuestArchitecture.Ppc64Le, ByteSize.FromMiB(mebibytes)) { Align = Alignment.FromKiB(alignKiB), HostPageSize = Alignment.FromKiB(64) })?.Layout.GuestSize.Bytes >> 20;

    [Test]
    public void EmptyReport_GetsWhatTheKernelHas()
    {
        Host.AddFsdax(0);
        Host.AddFsdax(1, align: 4096, size: 1025L << 20);
        var (status, _, codes) = Host.Run(Point, "{\"computer\": {\"params\": {\"capability\": \"system\"}}}");
        Assert.That((status, codes), Is.EqualTo((0, new ValueList<string>[] { [NvdimmCodes.HookReportRestored, NvdimmCodes.HookReportRestored] }[0])));
        var report = JObject.Parse(Host.ReadPayload());
        Assert.That(report.Properties().Select(property => property.Name), Is.EqualTo(new[] { "computer", "namespace0.0", "namespace1.0" }));
        Assert.That(
            report["namespace0.0"]!["params"]!.ToString(Newtonsoft.Json.Formatting.None),
            Is.EqualTo("{\"capability\":\"nvdimm\",\"parent\":\"computer\",\"device_path\":\"/dev/pmem0\",\"numa_node\":0,\"mode\":\"fsdax\",\"device_size\":1073741824,\"align_size\":2097152}"));
        Assert.That((long)report["namespace1.0"]!["params"]!["align_size"]!, Is.EqualTo(4096), "it starts with the engine's own figures, so its guest may have data up to there");
    }

    [Test]
    public void GoodReport_StaysToTheByte()
    {
        Host.AddFsdax(0);
        Host.Run(Point, "{}");
        var good = File.ReadAllText(Host.Payload).Replace(",", " ,", StringComparison.Ordinal);
        Assert.That(Host.Run(Point, good), Is.EqualTo((0, "", ValueList<string>.Empty)));
        Assert.That(File.ReadAllText(Host.Payload), Is.EqualTo(good));
    }

    [Test]
    public void DeviceWithoutDriver_IsReportedAsItLastWas()
    {
        Host.AddFsdax(0);
        Host.Run(Point, "{}");
        var good = Host.ReadPayload();
        Assert.That(Directory.GetFiles(Path.Combine(Host.State, "report")).Select(Path.GetFileName), Does.Contain(LastGood));
        Directory.Delete(Path.Combine(Host.Root, Host.Pfn(0), "block"), recursive: true);
        Host.Ledger.Save(new LayoutUse
        {
            Identity = Identity(Host),
            Name = "namespace0.0",
            Path = Host.Device(0),
            Layout = Layout(),
            VmId = HookHost.VmId,
        });
        Assert.That(Host.Run(Point, "{}").Codes, Does.Contain(NvdimmCodes.HookReportRestored));
        Assert.That(Host.ReadPayload(), Is.EqualTo(good));
        File.WriteAllText(Path.Combine(Host.State, "report", LastGood), "{");
        Assert.That(Host.Run(Point, "{}").Status, Is.Zero);
        Assert.That(Host.ReadPayload(), Is.EqualTo("{}"));
    }

    [Test]
    public void RecordedLayout_IsWhatIsReported()
    {
        Host.AddFsdax(0);
        var largest = NvdimmSizer.Size(new SizingRequest(GuestArchitecture.X86_64, ByteSize.FromMiB(1024)) { Align = Alignment.FromKiB(64), Strategy = SizingStrategy.Largest }).Layout!;
        Host.Ledger.Save(new LayoutUse
        {
            Identity = Identity(Host),
            Name = "namespace0.0",
            Path = Host.Device(0),
            Layout = DeviceLayout.Of(largest, guestUuid: null),
            VmId = HookHost.VmId,
        });
        Host.Run(Point, "{}");
        var parameters = JObject.Parse(Host.ReadPayload())["namespace0.0"]!["params"]!;
        Assert.That(EngineFormula.Size((long)parameters["device_size"]!, (long?)parameters["align_size"]), Is.EqualTo(largest.TargetSize.Bytes));
    }

    /// <summary>With a size of 0 the engine would plan a VM; a device that a VM has stays as it was last, one that was never good is withheld.</summary>
    [TestCase(false)]
    [TestCase(true)]
    public void DeviceOfNoBytes_IsNeverReportedAsSuch(bool isOfAVm)
    {
        const string Reported = """{"namespace0.0": {"params": {"capability": "nvdimm", "parent": "computer", "device_path": "/dev/pmem0", "numa_node": 0, "mode": "fsdax", "device_size": 0}}}""";
        Host.AddFsdax(0);
        if (isOfAVm)
        {
            Host.Run(Point, "{}");
            Host.Ledger.Save(new LayoutUse
            {
                Identity = Identity(Host),
                Name = "namespace0.0",
                Path = Host.Device(0),
                Layout = Layout(),
                VmId = HookHost.VmId,
            });
        }

        Host.Write($"{Host.Pfn(0)}/block/pmem0/size", "0\n");
        Assert.That(Host.Run(Point, Reported).Codes, isOfAVm ? Does.Not.Contain(NvdimmCodes.HookReportWithheld) : Does.Contain(NvdimmCodes.HookReportWithheld));
        var device = JObject.Parse(Host.ReadPayload())["namespace0.0"];
        Assert.That(device is null, Is.EqualTo(!isOfAVm));
        Assert.That((long?)device?["params"]!["device_size"] ?? 1, Is.Positive);
    }

    /// <summary>The kernel says 0 of the namespace itself, so that it is taken for a seed.</summary>
    [Test]
    public void NamespaceOfNoBytes_IsWithheld()
    {
        Host.AddFsdax(0);
        Host.Write("sys/devices/ndbus0/region0/namespace0.0/size", "0\n");
        Host.AddFsdax(1);
        const string Reported = """{"namespace0.0": {"params": {"capability": "nvdimm", "device_path": "/dev/pmem0", "numa_node": 0, "mode": "fsdax", "device_size": 0}}}""";
        Assert.That(Host.Run(Point, Reported).Codes, Does.Contain(NvdimmCodes.HookReportWithheld));
        Assert.That(JObject.Parse(Host.ReadPayload()).Properties().Select(property => property.Name), Is.EqualTo(new[] { "namespace1.0" }));
    }

    [Test]
    public void NameOfAVmsDevice_IsNotOfferedForAnother_UntilAccepted()
    {
        Host.AddFsdax(0);
        Host.Ledger.Save(new LayoutUse
        {
            Identity = Identity(Host),
            Name = "namespace0.0",
            Path = Host.Device(0),
            Layout = Layout(),
            VmId = HookHost.VmId,
        });
        Host.Write($"{Host.Pfn(0)}/uuid", "22222222-82b6-40ad-8962-6f0412bab47d\n");
        Assert.That(Host.Run(Point, "{}").Codes, Does.Contain(NvdimmCodes.IdentityChanged));
        Assert.That(Host.ReadPayload(), Is.EqualTo("{}"));
        Host.Configure("accept-names = namespace0.0:22222222-82b6-40ad-8962-6f0412bab47d");
        Host.Run(Point, "{}");
        Assert.That(Host.ReadPayload(), Does.Contain("namespace0.0"));
    }

    [Test]
    public void SwappedNames_AreNotOffered_UntilAcceptedOrUsedAnew()
    {
        Host.AddFsdax(0);
        Host.AddFsdax(1);
        var devices = new Nvdimm.Extensions.Host.Devices.SysfsNvdimmReader(Host.Root).List();
        foreach (var device in devices)
        {
            var use = new LayoutUse
            {
                Identity = DeviceIdentity.Of(device),
                Name = device.Name,
                Path = device.Path!,
                Layout = Layout(),
            };
            Host.Ledger.Save(use with { VmId = $"{device.Uuid}", VmName = $"vm of {device.Name}" });
        }

        Host.Write($"{Host.Pfn(0)}/uuid", $"{HookHost.Uuid(1)}\n");
        Host.Write($"{Host.Pfn(1)}/uuid", $"{HookHost.Uuid(0)}\n");
        var (status, line, codes) = Host.Run(Point, "{}");
        Assert.That((status, codes.Count(code => code == NvdimmCodes.IdentityChanged), Host.ReadPayload()), Is.EqualTo((0, 2, "{}")), line);
        Assert.That(line, Does.Contain("that of the device of VM vm of namespace0.0").And.Contain($"'accept-names = namespace0.0:{HookHost.Uuid(1)} namespace1.0:{HookHost.Uuid(0)}'"));

        Host.Configure($"accept-names = namespace0.0:{HookHost.Uuid(1)}");
        Host.Run(Point, "{}");
        Assert.That(Host.ReadPayload(), Does.Contain("namespace0.0").And.Not.Contain("namespace1.0"));

        // Used under its new name, it is known by that, though the other's record still has it, too; and nobody's has the name that it had.
        Host.Configure();
        Host.Ledger.Save(new LayoutUse
        {
            Identity = DeviceIdentity.Of(devices[1]),
            Name = "namespace0.0",
            Path = Host.Device(0),
            Layout = Layout(),
            VmId = HookHost.VmId,
        });
        Assert.That(Host.Run(Point, "{}").Codes, Does.Not.Contain(NvdimmCodes.IdentityChanged));
        Assert.That(JObject.Parse(Host.ReadPayload()).Properties().Select(property => property.Name), Is.EqualTo(new[] { "namespace0.0", "namespace1.0" }));
    }

    [Test]
    public void ReadOnlyDevice_IsOfferedToTheVmThatHadItOnly()
    {
        Host.AddFsdax(0);
        Host.Write($"{Host.Pfn(0)}/block/pmem0/ro", "1\n");
        var (status, line, codes) = Host.Run(Point, "{}");
        Assert.That((status, codes, Host.ReadPayload()), Is.EqualTo((0, new ValueList<string>[] { [NvdimmCodes.HookReportWithheld] }[0], "{}")), line);
        Host.Configure("offer-unusable = yes");
        Host.Run(Point, "{}");
        Assert.That(Host.ReadPayload(), Does.Contain("namespace0.0"));
        Host.Configure();
        Host.Ledger.Save(new LayoutUse
        {
            Identity = Identity(Host),
            Name = "namespace0.0",
            Path = Host.Device(0),
            Layout = Layout(),
            VmId = HookHost.VmId,
        });
        Host.Run(Point, "{}");
        Assert.That(Host.ReadPayload(), Does.Contain("namespace0.0"));
    }

    /// <summary>From the listing to the start, with the engine in between: what is offered starts, and the rest has no size that would.</summary>
    [Test]
    public void NewDevice_StartsAsItIsOffered_OrIsWithheld(
        [Values(0.0625, 1, 100, 128, 129, 130, 256, 384.5, 1024, 1025)] double mebibytes, [Values(4, 64, 2048, 16384, 131072, 1048576)] long alignKiB)
    {
        var size = (long)(mebibytes * (1 << 20));
        Host.AddFsdax(0, size, alignKiB << 10);
        var (status, line, codes) = Host.Run(Point, "{}");
        var report = JObject.Parse(Host.ReadPayload());
        Assert.That((status, codes.Contains(NvdimmCodes.HookReportWithheld), report.Count), Is.EqualTo((0, size < Smallest, size < Smallest ? 0 : 1)), line);
        if (size < Smallest)
        {
            Host.Configure("offer-unusable = yes");
            Host.Run(Point, "{}");
            Assert.That(Host.ReadPayload(), Does.Contain("namespace0.0"));
            return;
        }

        var (device, align) = ((long)report["namespace0.0"]!["params"]!["device_size"]!, (long)report["namespace0.0"]!["params"]!["align_size"]!);
        var domain = Host.Domain("engine-one.xml")
            .Replace("<size unit=\"KiB\">919552</size>", $"<size unit=\"KiB\">{EngineFormula.Size(device, align) >> 10}</size>", StringComparison.Ordinal)
            .Replace("<alignsize unit=\"KiB\">2048</alignsize>", $"<alignsize unit=\"KiB\">{align >> 10}</alignsize>", StringComparison.Ordinal);
        var start = Host.Run("before_vm_start", domain);
        Assert.That(start.Status, Is.Zero, start.Line);
        var element = domain[domain.IndexOf("<memory model", StringComparison.Ordinal)..];
        Assert.That(File.ReadAllText(Host.Payload), Does.EndWith(element), "nothing of it is to be corrected");
    }

    [Test]
    public void DeviceWithoutAWorkingSize_IsOffered_WhereItMayHaveBeenUsed()
    {
        Host.AddFsdax(0, 100 << 20);
        using (var file = File.OpenWrite(Host.Device(0)))
        {
            file.Position = (100 << 20) - (128 << 10);
            file.Write("NAMESPACE_INDEX\0"u8);
        }

        Assert.That(Host.Run(Point, "{}").Codes, Is.EqualTo(new[] { NvdimmCodes.HookReportRestored }), "labels");
        Assert.That(Host.ReadPayload(), Does.Contain("namespace0.0"));
        File.Delete(Host.Device(0));
        Host.Run(Point, "{}");
        Assert.That(Host.ReadPayload(), Does.Contain("namespace0.0"), "it cannot be read");
        using (var file = File.Create(Host.Device(0)))
        {
            file.SetLength(100 << 20);
        }

        Host.Ledger.Save(new LayoutUse
        {
            Identity = Identity(Host),
            Name = "namespace0.0",
            Path = Host.Device(0),
            Layout = Layout(),
            VmId = HookHost.VmId,
        });
        Host.Run(Point, "{}");
        Assert.That(Host.ReadPayload(), Does.Contain("namespace0.0"), "a record");
    }

    [Test]
    public void WrongConfiguration_LeavesTheReport()
    {
        Host.AddFsdax(0);
        Host.Configure("frob");
        var (status, _, codes) = Host.Run(Point, "{}");
        Assert.That((status, codes, Host.ReadPayload()), Is.EqualTo((ExitStatus.Failed, new ValueList<string>[] { [NvdimmCodes.HookConfiguration] }[0], "{}")));
    }

    [TestCase("")]
    [TestCase("[]")]
    [TestCase("{\"a\": }")]
    [TestCase("{} {}")]
    public void NoReport_IsLeftAlone(string payload)
    {
        Host.AddFsdax(0);
        var (status, _, codes) = Host.Run(Point, payload);
        Assert.That((status, codes.Single(), File.ReadAllText(Host.Payload)), Is.EqualTo((ExitStatus.Failed, NvdimmCodes.HookPayload, payload)));
    }

    [Test]
    public void HostWithoutNvdimms_IsLeftAlone() => Assert.That(Host.Run(Point, "{\"a\": {\"params\": {}}, \"b\": 1}"), Is.EqualTo((0, "", ValueList<string>.Empty)));

    private static bool Works(long reportedSize, long? reportedAlign, long size, long? align)
    {
        _ = align;
        return EngineFormula.Size(reportedSize, reportedAlign) is { } target && EngineFormula.GuestSize(target, reportedAlign ?? 128 << 20, size) is { } guest && guest % (128 << 20) == 0;
    }

    private static DeviceIdentity Identity(HookHost Host) => DeviceIdentity.Of(new Nvdimm.Extensions.Host.Devices.SysfsNvdimmReader(Host.Root).List().Single());

    private static DeviceLayout Layout() =>
        DeviceLayout.Of(NvdimmSizer.Size(new SizingRequest(GuestArchitecture.X86_64, ByteSize.FromMiB(1024)) { Align = Alignment.FromMiB(2) }).Layout!, guestUuid: null);
}
