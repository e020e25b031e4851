using NSubstitute;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Cli.Tests;

public sealed class RepairCommandTests
{
    private const string Largest = "--strategy";
    private const long From = TestHost.OffsetOf1026;

    /// <summary>Where the strategy <c>largest</c> looks for the labels of a device of 1026 MiB.</summary>
    private const long To = (1026 * TestHost.MiB) - (128 << 10);

    private TestHost host = null!;

    [SetUp]
    public void MakeHost() => host = new TestHost(1026, From);

    [TearDown]
    public void RemoveHost() => host.Dispose();

    [Test]
    public async Task Relocate_WithoutApply_SaysWhatItWouldDo_AndWritesNothing()
    {
        var before = await BytesAt(To);
        var run = await Relocate();
        run.AssertStatus(0);
        Assert.That(run.Output, Does.StartWith($"namespace0.0 at {host.Device.Path}: this would be done with --apply; nothing was written\n"));
        Assert.That(run.Output, Does.Contain($"\nlabels from\t{From}\t").And.Contain($"\nlabels written at\t{To}\t").And.Contain("\nsize\t131072\t128 KiB\n").And.Contain("nothing: the new place is empty"));
        Assert.That(run.Output, Does.Contain($"backups/{DeviceIdentity.Of(host.Device)}.N.overwritten-at-{To}.bin"));
        Assert.That(await BytesAt(To), Is.EqualTo(before));
        Assert.That(host.Kept, Is.Empty);
    }

    [Test]
    public async Task Relocate_OverData_SaysSo_AndTheBackupHasIt()
    {
        await WriteAt(To + 4096, 0x77);
        var run = await Relocate();
        run.AssertStatus(0);
        Assert.That(run.Output, Does.Contain("what is at the new place; it goes into the backup").And.Contain(NvdimmCodes.RelocationTargetNotEmpty));
        var applied = await Relocate("--apply", "--json");
        applied.AssertStatus(0);
        Assert.That((await File.ReadAllBytesAsync((string)applied.Json["backups"]![1]!))[4096], Is.EqualTo(0x77));
    }

    [Test]
    public async Task Relocate_Apply_CopiesTheLabels_ThenTheAdministratorAccepts_AndThePlanStarts()
    {
        (await host.Run("layout", "record", "--device", "namespace0.0")).AssertStatus(0);
        (await Plan()).AssertStatus(3);
        var run = await Relocate("--apply", "--json");
        run.AssertStatus(0);
        Assert.That(((bool)run.Json["done"]!, (long)run.Json["from"]!, (long)run.Json["to"]!, (long)run.Json["size"]!), Is.EqualTo((true, From, To, 131072L)));
        Assert.That(await BytesAt(To), Is.EqualTo(TestHost.Labels));
        Assert.That(await BytesAt(From), Is.EqualTo(TestHost.Labels), "the old ones stay");
        Assert.That(run.Json["backups"]!.Select(file => File.ReadAllBytes((string)file!)), Is.EqualTo(new[] { TestHost.Labels, new byte[128 << 10] }));
        Assert.That(host.Claims.Find(DeviceIdentity.Of(host.Device)).Claim, Is.Null, "the claim is released");
        var check = await host.Run("layout", "check", "--device", "namespace0.0", Largest, "largest");
        check.AssertStatus(3);
        var findings = check.Output.Split("--finding ")[1].Trim().Split(' ');
        (await host.Run(["layout", "accept", "--device", "namespace0.0", Largest, "largest", "--finding", .. findings])).AssertStatus(0);
        (await Plan()).AssertStatus(0);
        Assert.That((await Relocate("--apply")).Status, Is.EqualTo(3), "two sets of labels");
    }

    [Test]
    public async Task Restore_TakesItBack_AndNothingThatWasChangedSince()
    {
        host.Write("other", "");
        var applied = await Relocate("--apply");
        applied.AssertStatus(0);
        var command = applied.Output.Split("nvdimm repair --restore-labels ")[1].Split(' ')[0];
        var dry = await host.Run("repair", "--restore-labels", command);
        dry.AssertStatus(0);
        Assert.That(await BytesAt(To), Is.EqualTo(TestHost.Labels));
        await WriteAt(To + 4096, 0x77);
        var changed = await host.Run("repair", "--restore-labels", command, "--apply", "--json");
        changed.AssertStatus(3);
        Assert.That(ToolRun.Codes(changed.Json["findings"]), Is.EqualTo(new[] { NvdimmCodes.RestoreChanged }));
        await WriteAt(To + 4096, TestHost.Labels[4096]);
        (await host.Run("repair", "--restore-labels", command, "--apply")).AssertStatus(0);
        Assert.That((await BytesAt(To)).AsSpan().ContainsAnyExcept((byte)0), Is.False);
        var again = await host.Run("repair", "--restore-labels", command, "--apply");
        again.AssertStatus(ExitStatus.NothingToRestore);
        Assert.That(again.Output, Does.StartWith("namespace0.0: nothing to do, everything is as it was before the labels were copied\n"));
        (await Relocate("--apply")).AssertStatus(0);
    }

    /// <summary>A write that was interrupted leaves some bytes of the labels and some of before.</summary>
    [Test]
    public async Task Restore_AfterAnInterruption_TakesItBack()
    {
        var applied = await Relocate("--apply", "--json");
        await using (var device = File.OpenWrite(host.Device.Path!))
        {
            device.Position = To + 512;
            await device.WriteAsync(new byte[(128 << 10) - 512]);
        }

        (await host.Run("repair", "--restore-labels", (string)applied.Json["backups"]![0]!, "--apply")).AssertStatus(0);
        Assert.That((await BytesAt(To)).AsSpan().ContainsAnyExcept((byte)0), Is.False);
        Assert.That((await Relocate()).Status, Is.Zero);
    }

    [Test]
    public async Task Restore_OfWhatIsNoBackup_IsRefused()
    {
        (await Relocate("--apply")).AssertStatus(0);
        var key = DeviceIdentity.Of(host.Device);
        foreach (var file in new[] { "x.bin", $"{key}.7.labels-at-1.bin", "uuid-00000000-82b6-40ad-8962-6f0412bab47d.1.labels-at-1.bin" })
        {
            var run = await host.Run("repair", "--restore-labels", host.PathOf("state", "backups", file), "--apply");
            run.AssertStatus(3);
            Assert.That(run.Output, Does.Contain("refused, nothing was written"));
        }

        await File.WriteAllTextAsync(host.PathOf("state", "backups", $"{key}.1.overwritten-at-{To}.bin"), "short");
        (await host.Run("repair", "--restore-labels", host.PathOf("state", "backups", $"{key}.1.labels-at-{From}.bin"), "--apply")).AssertStatus(3);
        Assert.That(await BytesAt(To), Is.EqualTo(TestHost.Labels));
    }

    [Test]
    public async Task Relocate_ToASmallerLayout_IsRefused()
    {
        host.Place(1026, To);
        var run = await host.Run("repair", "--relocate-labels", "namespace0.0", "--apply", "--json");
        run.AssertStatus(3);
        Assert.That(ToolRun.Codes(run.Json["findings"]), Is.EqualTo(new[] { NvdimmCodes.RelocationShrinks }));
        Assert.That((bool)run.Json["done"]!, Is.False);
    }

    [Test]
    public async Task Relocate_WhatIsNotNeededOrNotThere()
    {
        var same = await host.Run("repair", "--relocate-labels", "namespace0.0", "--apply");
        same.AssertStatus(0);
        Assert.That(same.Output, Does.StartWith($"namespace0.0: nothing to do, its labels are where they are planned, at {From}\nnext: nvdimm layout record --device namespace0.0 "));
        host.Place(1026);
        Assert.That((await Relocate("--apply")).Output, Is.EqualTo("namespace0.0: refused, nothing was written: there are no labels on it\n"));
        host.Place(1026, From, From - (4 * TestHost.MiB));
        (await Relocate("--apply")).AssertStatus(3);
        Assert.That((await host.Run("repair", "--relocate-labels", "nothing")).Output, Is.EqualTo("nothing: refused, nothing was written: no device of this host is called so\n"));
    }

    /// <summary>As in a container, which hides the host's processes or mounts.</summary>
    [Test]
    public async Task Relocate_UseThatCannotBeRead_IsRefusedAndSaysWhereToRunIt()
    {
        host.Write("proc/self/mountinfo", "no line of mountinfo\n");
        var run = await Relocate("--apply");
        run.AssertStatus(ExitStatus.Failed);
        Assert.That(run.Output, Does.Contain(NvdimmCodes.HostUseUnknown).And.Contain("\nnext: run this as root on the host itself: a container does not see"));
    }

    /// <summary>The listing only names devices: what is on one is read here, and a device that is not here is refused.</summary>
    [Test]
    public async Task Relocate_ListingOfAFile_IsReadInPlaceOfNdctl()
    {
        var runner = Substitute.For<INdctlRunner>();
        var run = await ToolRun.With(runner, "repair", "--relocate-labels", "namespace6.1", "--ndctl", ToolRun.Modes, "--state-folder", host.State, "--apply");
        run.AssertStatus(ExitStatus.Failed);
        Assert.That((run.Output, runner.ReceivedCalls().Count()), Is.EqualTo((run.Output, 0)));
        Assert.That(run.Output, Does.StartWith("namespace6.1: refused, nothing was written"));
    }

    [Test]
    public async Task Relocate_KeepsWhatIsOverwritten()
    {
        await WriteAt(To, 0x55);
        var dry = await Relocate();
        dry.AssertStatus(0);
        Assert.That(dry.Output, Does.Contain("warning NVDIMM_RELOCATION_TARGET_NOT_EMPTY").And.Contain("it goes into the backup"));
        var run = await Relocate("--apply", "--json");
        run.AssertStatus(0);
        Assert.That((await File.ReadAllBytesAsync((string)run.Json["backups"]![1]!))[0], Is.EqualTo(0x55));
    }

    [TestCase("mounted")]
    [TestCase("held")]
    [TestCase("open")]
    [TestCase("mapped")]
    [TestCase("claimed")]
    [TestCase("another device")]
    public async Task Relocate_DeviceInUse_IsRefused(string use)
    {
        switch (use)
        {
            case "mounted":
                host.Write("proc/self/mountinfo", "61 27 259:0 / /data rw shared:33 - ext4 /dev/pmem0 rw\n");
                break;
            case "held":
                host.Write("sys/block/pmem0/holders/dm-0", "");
                break;
            case "open":
                host.Write("proc/999999/maps", "");
                Directory.CreateDirectory(host.PathOf("proc", "999999", "fd"));
                File.CreateSymbolicLink(host.PathOf("proc", "999999", "fd", "9"), host.Device.Path!);
                break;
            case "mapped":
                host.Write("proc/999999/maps", $"7f0000000000-7f0000001000 rw-s 00000000 00:05 1  {host.Device.Path}\n");
                Directory.CreateDirectory(host.PathOf("proc", "999999", "fd"));
                break;
            case "claimed":
                host.Claims.TryClaim(DeviceIdentity.Of(host.Device), "namespace0.0", ClaimHolder.OfProcess("db", null, Environment.ProcessId));
                break;
            default:
                host.Write("sys/block/pmem0/device/uuid", "00000001-82b6-40ad-8962-6f0412bab47d\n");
                break;
        }

        (await Relocate()).AssertStatus(3);
        (await Relocate("--apply")).AssertStatus(3);
        Assert.That((await BytesAt(To)).AsSpan().ContainsAnyExcept((byte)0), Is.False);
    }

    /// <summary>Several at once: one copies, and whoever comes while it does or after it is refused.</summary>
    [Test]
    public async Task Relocate_SeveralAtOnce_CopyOnce()
    {
        var runs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Relocate("--apply"))));
        Assert.That(runs.Count(run => run.Status == 0), Is.EqualTo(1), string.Join('\n', runs.Select(run => run.Output + run.Error)));
        Assert.That(runs.Where(run => run.Status != 0).Select(run => run.Status), Has.All.EqualTo(3), string.Join('\n', runs.Select(run => run.Output + run.Error)));
        Assert.That(await BytesAt(To), Is.EqualTo(TestHost.Labels));
        Assert.That(Directory.GetFiles(host.PathOf("state", "backups"), "*.bin"), Has.Length.EqualTo(2));
    }

    [TestCase("repair")]
    [TestCase("repair", "--relocate-labels", "a", "--restore-labels", "b")]
    [TestCase("repair", "--apply")]
    public async Task WrongCommandLine_Is2(params string[] arguments) => (await ToolRun.Of(arguments)).AssertStatus(2);

    private Task<ToolRun> Relocate(params string[] more) => host.Run(["repair", "--relocate-labels", "namespace0.0", Largest, "largest", .. more]);

    private Task<ToolRun> Plan() => host.Run("plan", "--device", "namespace0.0", Largest, "largest");

    private async Task<byte[]> BytesAt(long offset)
    {
        await using var device = File.OpenRead(host.Device.Path!);
        device.Position = offset;
        var bytes = new byte[128 << 10];
        await device.ReadExactlyAsync(bytes);
        return bytes;
    }

    private async Task WriteAt(long offset, byte value)
    {
        await using var device = File.OpenWrite(host.Device.Path!);
        device.Position = offset;
        device.WriteByte(value);
    }
}
