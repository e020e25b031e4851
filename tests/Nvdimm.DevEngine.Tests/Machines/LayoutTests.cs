using System.Text.Json;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Tests.Labels;

namespace Nvdimm.DevEngine.Tests.Machines;

/// <summary>The layout guard in front of a real start.</summary>
public sealed class LayoutTests : MachineTests
{
    private const long KiB = 1 << 10;
    private const string ThisMachine = "5eed0002-0000-4000-8000-00000000000f";

    private LayoutLedger Ledger => new(Engine.Folder.PathOf("engine.db.layouts"), TimeProvider.System);

    private DeviceClaims Claims => new(Engine.Folder.PathOf("engine.db.layouts"), TimeProvider.System);

    [SetUp]
    public async Task AttachAsync() => Assert.That((await Engine.AttachAsync("vm-here", "pmem-a")).Status, Is.EqualTo(201));

    [Test]
    public async Task Restart_HasTheSameLayout()
    {
        Assert.That((await StartVmAsync()).Status, Is.EqualTo(200));
        var (size, record) = (SizeInDomain(), Record());
        Assert.That((record.VmName, record.VmId, record.Layout!.BackendSize.Bytes / KiB), Is.EqualTo(("vm-here", Vm, size)));
        Assert.That((await Engine.SendAsync(HttpMethod.Post, $"vms/{Vm}/stop")).Status, Is.EqualTo(200));
        Assert.That((await StartVmAsync()).Status, Is.EqualTo(200));
        Assert.That((SizeInDomain(), Record().Layout), Is.EqualTo((size, record.Layout)));
    }

    [Test]
    public async Task Claim_GoesToQemu_AndEndsWithIt()
    {
        Assert.That((await StartVmAsync()).Status, Is.EqualTo(200));
        var holder = Claims.Find(Record().Identity).Claim!.Holder;
        Assert.That(await File.ReadAllTextAsync($"/proc/{holder.ProcessId}/cmdline"), Does.StartWith("/usr/bin/qemu-system-").And.Contain(Vm));
        Assert.That((await Engine.SendAsync(HttpMethod.Post, $"vms/{Vm}/stop")).Status, Is.EqualTo(200));
        Assert.That(Claims.Find(Record().Identity).Claim, Is.Null);
    }

    [Test]
    public async Task Start_OfDeviceThatWasUsedOtherwise_KeepsItsLayout()
    {
        Assert.That((await StartVmAsync()).Status, Is.EqualTo(200));
        Assert.That((await Engine.SendAsync(HttpMethod.Post, $"vms/{Vm}/stop")).Status, Is.EqualTo(200));
        var record = Record();
        var other = record.Layout! with { TargetSize = Less(record.Layout.TargetSize), BackendSize = Less(record.Layout.BackendSize), LabelOffset = Less(record.Layout.LabelOffset), GuestSize = Less(record.Layout.GuestSize) };
        Assert.That(Ledger.Save(new LayoutUse
        {
            Identity = record.Identity,
            Name = record.Name,
            Path = record.Path,
            Layout = other,
        }).IsReadable, Is.True);

        Assert.That((await StartVmAsync()).Status, Is.EqualTo(200));

        Assert.That((SizeInDomain(), Record().Layout), Is.EqualTo((other.BackendSize.Bytes / KiB, other)));

        static Extensions.ByteSize Less(Extensions.ByteSize size) => size - Extensions.ByteSize.FromMiB(2);
    }

    [Test]
    public async Task HostServices_SayWhatADeviceOfThisMachineHolds()
    {
        var made = RealProgram.Run("mkswap", "-L", "swapped", Engine.Folder.PathOf("pmem-a"));
        Assert.That(made.ExitCode, Is.Zero, made.Error);
        var device = await Engine.GetServiceAsync($"hosts/{ThisMachine}/devices/pmem-a");
        Assert.That(device.GetProperty("content").GetString(), Is.EqualTo("swap 'swapped', 512 MiB"));
        Assert.That(device.GetProperty("record").ValueKind, Is.EqualTo(JsonValueKind.Null), "no VM has started with it");
    }

    [Test]
    public async Task HostServices_SayWithWhichLayoutADeviceWasUsed()
    {
        Assert.That((await StartVmAsync()).Status, Is.EqualTo(200));
        var record = (await Engine.GetServiceAsync($"hosts/{ThisMachine}/devices/pmem-a")).GetProperty("record");
        Assert.That(record.GetProperty("owner").GetString(), Does.Contain("vm-here"));
        Assert.That(record.GetProperty("label_offset").GetInt64(), Is.EqualTo(Record().Layout!.LabelOffset.Bytes));
    }

    [Test]
    public async Task Start_WithLabelsThatNoRecordKnows_KeepsTheirLayout()
    {
        PlaceLabels();
        Assert.That((await StartVmAsync()).Status, Is.EqualTo(200));
        var layout = Record().Layout!;
        Assert.That((layout.LabelOffset.Bytes, SizeInDomain()), Is.EqualTo(((256 * MiB) - RealLabels.Size, layout.BackendSize.Bytes / KiB)));
    }

    [Test]
    public async Task Start_WithLabelsElsewhereThanRecorded_IsRefused()
    {
        Assert.That((await StartVmAsync()).Status, Is.EqualTo(200));
        Assert.That((await Engine.SendAsync(HttpMethod.Post, $"vms/{Vm}/stop")).Status, Is.EqualTo(200));
        PlaceLabels();

        var (status, body, _) = await StartVmAsync();

        Assert.That((status, body.Element("status")?.Value), Is.EqualTo((409, "failed")), body.ToString());
        Assert.That(body.Element("fault")?.Element("detail")?.Value, Does.Contain($"pmem-a has labels at offset {(256 * MiB) - RealLabels.Size}"));
        Assert.That(await StatusAsync(), Is.EqualTo("down"));
        Assert.That(RealProgram.Run("virsh", "-c", Connection, "domstate", Vm).ExitCode, Is.Not.Zero);
        Assert.That(Directory.EnumerateFiles(Engine.Folder.PathOf("engine.db.layouts", "claims"), "*.claim", SearchOption.AllDirectories), Is.Empty);
        Assert.That((await Engine.GetXmlAsync("jobs")).Elements("job").Select(job => job.Element("status")?.Value), Does.Contain("failed"));
    }

    private void PlaceLabels()
    {
        using var device = File.OpenWrite(Engine.Folder.PathOf("pmem-a"));
        device.Position = (256 * MiB) - RealLabels.Size;
        device.Write(RealLabels.Read(RealLabels.TwoNamespaces));
    }

    [Test]
    public async Task Start_WhoseSizeLibvirtChanges_EndsBeforeTheGuestRuns()
    {
        await Engine.DisposeAsync();
        Engine = await StartAsync("""
            case "$*" in
              *" create "*) sed "0,/<size unit=/s|<size unit=.KiB.>[0-9]*</size>|<size unit='KiB'>262144</size>|" | virsh "$@";;
              *" resume "*) echo "the guest ran" >&2; exit 1;;
              *) virsh "$@";;
            esac
            """);
        await AttachAsync();
        var (status, body, _) = await StartVmAsync(isPaused: false);
        Assert.That((status, body.Element("fault")?.Element("detail")?.Value), Is.EqualTo((409, "[" + Extensions.FindingTexts.Template(Extensions.NvdimmCodes.LayoutChanged)!
            .Replace("${device}", "pmem-a", StringComparison.Ordinal)
            .Replace("${what}", "the size that libvirt gave QEMU was 386 MiB (404750336), is 256 MiB (268435456)", StringComparison.Ordinal) + "]")));
        Assert.That(await StatusAsync(), Is.EqualTo("down"));
        Assert.That(RealProgram.Run("virsh", "-c", Connection, "domstate", Vm).ExitCode, Is.Not.Zero);
    }

    [Test]
    public async Task Start_WithADeviceOfAnotherQemu_IsRefused()
    {
        Assert.That((await StartVmAsync()).Status, Is.EqualTo(200));
        await using var other = await StartAsync(change: options => options with { DeviceFiles = [Engine.Folder.PathOf("pmem-a")] });
        Assert.That((await other.AttachAsync("vm-here", "pmem-a")).Status, Is.EqualTo(201));
        var (status, body, _) = await other.SendAsync(HttpMethod.Post, $"vms/{Vm}/start");
        Assert.That(status, Is.EqualTo(409));
        Assert.That(body.Element("fault")?.Element("detail")?.Value, Does.Match(@"pmem-a .*open in process \d+, QEMU of devengine-"));
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task Guest_ThatEndsByItself_GivesItsDeviceBack(CancellationToken cancellationToken)
    {
        Assert.That((await StartVmAsync()).Status, Is.EqualTo(200));
        Assert.That(RealProgram.Run("virsh", "-c", Connection, "destroy", Vm).ExitCode, Is.Zero);
        while (await StatusAsync() != "down")
        {
            await Task.Delay(100, cancellationToken);
        }

        Assert.That(Claims.Find(Record().Identity).Claim, Is.Null);
        Assert.That((await StartVmAsync()).Status, Is.EqualTo(200));
    }

    private LayoutRecord Record() => Ledger.List().Records.Single();

    private long SizeInDomain() => (long)Domain().Element("devices")!.Element("memory")!.Element("target")!.Element("size")!;
}
