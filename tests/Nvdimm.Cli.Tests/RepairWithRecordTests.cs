using System.Buffers.Binary;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Tests.Labels;

namespace Nvdimm.Cli.Tests;

/// <summary>Repair decides with the record: findings R1 to R3 of a trial of lifecycles, each with its right answer.</summary>
public sealed class RepairWithRecordTests
{
    private const long From = TestHost.OffsetOf1026;
    private const long To = (1026 * TestHost.MiB) - (128 << 10);

    private static readonly byte[] Newer = SyntheticLabels.Area(2, (Guid.NewGuid(), "db2", 7));

    private TestHost host = null!;

    [SetUp]
    public void MakeHost() => host = new TestHost(1026, From);

    [TearDown]
    public void RemoveHost() => host.Dispose();

    /// <summary>R1: the old labels are wiped to end the ambiguity; restoring would remove the last ones.</summary>
    [TestCase(false)]
    [TestCase(true)]
    public async Task Restore_WhereTheOldLabelsAreGone_WritesThemBackFirst(bool isOnlyDamaged)
    {
        await Succeed("layout", "record", "--device", "namespace0.0");
        var backup = await Relocate();
        host.WriteAt(From, isOnlyDamaged ? new byte[600] : new byte[128 << 10]);
        var run = await Succeed("repair", "--restore-labels", backup, "--apply");
        Assert.That(run.Output, Does.Contain("done, and read back").And.Contain($"\nlabels written at\t{From}\t").And.Contain($"\nwhat they overwrote at\t{To}\t"));
        Assert.That(host.BytesAt(From), Is.EqualTo(TestHost.Labels));
        Assert.That(host.BytesAt(To).AsSpan().ContainsAnyExcept((byte)0), Is.False);
        (await Check()).AssertStatus(0);
    }

    /// <summary>R1 without record: whether a guest was started with the copy is not known, so the labels have to be named.</summary>
    [Test]
    public async Task Restore_WhereTheOldLabelsAreGone_WithoutRecord_IsRefused_AndTheNextCommandWritesThemBack()
    {
        var backup = await Relocate();
        host.WriteAt(From, new byte[128 << 10]);
        var refused = await host.Run("repair", "--restore-labels", backup, "--apply");
        refused.AssertStatus(3);
        Assert.That(refused.Output, Does.Contain(NvdimmCodes.RestoreLastLabels));
        Assert.That(host.BytesAt(To), Is.EqualTo(TestHost.Labels));
        (await host.Follow(Next(refused).Single())).AssertStatus(0);
        Assert.That(host.BytesAt(From), Is.EqualTo(TestHost.Labels));
        Assert.That(host.BytesAt(To).AsSpan().ContainsAnyExcept((byte)0), Is.False);
    }

    /// <summary>R1: what a guest uses at its new place is not taken away, whatever is left at the old one.</summary>
    [Test]
    public async Task Restore_OfLabelsThatTheRecordNames_IsRefused()
    {
        var backup = await RelocateAcceptAndRecord();
        var run = await host.Run("repair", "--restore-labels", backup, "--apply", "--json");
        run.AssertStatus(3);
        Assert.That(ToolRun.Codes(run.Json["findings"]), Is.EqualTo(new[] { NvdimmCodes.RestoreLastLabels }));
        Assert.That(host.BytesAt(To), Is.EqualTo(TestHost.Labels));
    }

    /// <summary>R2: the new labels are lost; those from before the relocation have no db2.</summary>
    [Test]
    public async Task Relocate_LabelsThatWereNotRecordedLast_NeedsAWord_AndTheOldAcceptanceDoesNotCoverThem()
    {
        await RelocateAcceptAndRecord();
        host.WriteAt(To, Newer);
        await Succeed("layout", "record", "--device", "namespace0.0", "--strategy", "largest");
        host.WriteAt(To, new byte[128 << 10]);

        var lost = await host.Run("layout", "check", "--device", "namespace0.0", "--keep-layout", "--json");
        lost.AssertStatus(3);
        Assert.That(
            ToolRun.Codes(lost.Json["devices"]![0]!["guard"]!["findings"]),
            Is.SupersetOf(new[] { NvdimmCodes.LayoutMoved, NvdimmCodes.LayoutLabelsMissing }));

        var refused = await host.Run("repair", "--relocate-labels", "namespace0.0", "--strategy", "largest", "--apply");
        refused.AssertStatus(3);
        Assert.That(refused.Output, Does.Contain(NvdimmCodes.RelocationNotRecorded).And.Contain("nothing was written"));
        Assert.That(host.BytesAt(To).AsSpan().ContainsAnyExcept((byte)0), Is.False);

        var named = await host.Follow(Next(refused).Single());
        named.AssertStatus(0);
        Assert.That(named.Output, Does.Contain($"warning {NvdimmCodes.RelocationNotRecorded}"));
        Assert.That(host.BytesAt(To), Is.EqualTo(TestHost.Labels));
        var stale = await Check();
        stale.AssertStatus(3);
        Assert.That(stale.Output, Does.Contain(NvdimmCodes.LayoutStaleLabels));

        foreach (var command in Next(named).Where(step => step.StartsWith("nvdimm ", StringComparison.Ordinal)))
        {
            (await host.Follow(command)).AssertStatus(0);
        }

        (await Check()).AssertStatus(0);
    }

    /// <summary>The labels that were recorded last are copied again without a word, and the old acceptance covers them.</summary>
    [Test]
    public async Task Relocate_TheRecordedLabelsAgain_Starts()
    {
        await RelocateAcceptAndRecord();
        host.WriteAt(To, new byte[128 << 10]);
        (await Check()).AssertStatus(3);
        await Succeed("repair", "--relocate-labels", "namespace0.0", "--strategy", "largest", "--apply");
        (await Check()).AssertStatus(0);
    }

    /// <summary>The same from the backup, as the check advises.</summary>
    [Test]
    public async Task Check_WhereTheRecordedLabelsAreGone_NamesTheBackupThatHasThem()
    {
        await RelocateAcceptAndRecord();
        host.WriteAt(To, new byte[128 << 10]);
        host.WriteAt(From, new byte[128 << 10]);
        var check = await Check();
        check.AssertStatus(3);
        var command = check.Output.Split("to write the labels that were recorded last back where the guest looks for them: ")[1].Split('\n')[0];
        (await host.Follow(command)).AssertStatus(0);
        Assert.That(host.BytesAt(To), Is.EqualTo(TestHost.Labels));
        (await Check()).AssertStatus(0);
    }

    /// <summary>R3: without --arch the architecture is the record's, then the host's.</summary>
    [Test]
    public async Task Relocate_OnPower_TakesTheRecordedArchitecture()
    {
        host.PlaceBytes(1026, (768 * TestHost.MiB, SyntheticLabels.Area(2)));
        await Succeed("layout", "record", "--device", "namespace0.0", "--arch", "ppc64le", "--keep-layout");
        Assert.That(host.Ledger.Find(DeviceIdentity.Of(host.Device)).Record!.Layout!.LabelOffset, Is.EqualTo(ByteSize.FromMiB(768)));
        var power = await Succeed("repair", "--relocate-labels", "namespace0.0", "--json");
        Assert.That((long)power.Json["to"]!, Is.EqualTo(1024 * TestHost.MiB), "not x86's place");
        var other = await host.Run("repair", "--relocate-labels", "namespace0.0", "--arch", "x86_64", "--apply", "--json");
        other.AssertStatus(3);
        Assert.That(ToolRun.Codes(other.Json["findings"]), Is.EqualTo(new[] { NvdimmCodes.RelocationArchitecture }));
        Assert.That(host.BytesAt(From).AsSpan().ContainsAnyExcept((byte)0), Is.False);
    }

    /// <summary>A recorded uuid of the guest that does not follow from the device's: record, check and repair take the recorded one.</summary>
    [Test]
    public async Task RecordedGuestUuid_IsTheSameForCheckAndRepair()
    {
        var uuid = new Guid("11111111-82b6-40ad-8962-6f0412bab47d");
        var cookie = BinaryPrimitives.ReadUInt64LittleEndian(uuid.ToByteArray(bigEndian: true).AsSpan(8));
        host.PlaceBytes(513, (512 * TestHost.MiB, SyntheticLabels.Area(2, (Guid.NewGuid(), "db", cookie))));
        await Succeed(["layout", "record", "--device", "namespace0.0", .. host.PowerDomain($"{uuid:D}").Split(' ')]);
        await Succeed("layout", "check", "--device", "namespace0.0", "--arch", "ppc64le", "--keep-layout");
        var repair = await host.Run("repair", "--relocate-labels", "namespace0.0", "--json");
        Assert.That(ToolRun.Codes(repair.Json["findings"]), Has.None.EqualTo(NvdimmCodes.LayoutForeign));
    }

    [Test]
    public async Task Relocate_WithoutRecord_ForAnotherArchitectureThanTheHosts_IsRefused()
    {
        var run = await host.Run("repair", "--relocate-labels", "namespace0.0", "--strategy", "largest", "--arch", "s390x", "--apply", "--json");
        run.AssertStatus(3);
        Assert.That(ToolRun.Codes(run.Json["findings"]), Is.EqualTo(new[] { NvdimmCodes.RelocationArchitecture }));
    }

    /// <summary>A blank device that has the name of another one: nothing is restored on it, and that is said.</summary>
    [Test]
    public async Task Restore_OnABlankDeviceOfTheSameName_IsNothing()
    {
        host.Device = host.Device with { Uuid = null };
        File.Delete(host.PathOf("sys", "block", "pmem0", "device", "uuid"));
        await Succeed("layout", "record", "--device", "namespace0.0");
        var backup = await Relocate();
        host.Place(1026);
        var run = await host.Run("repair", "--restore-labels", backup, "--apply");
        run.AssertStatus(ExitStatus.NothingToRestore);
        Assert.That(host.BytesAt(From).AsSpan().ContainsAnyExcept((byte)0), Is.False);
    }

    /// <summary>A larger layout whose label area is inside a namespace of the labels themselves.</summary>
    [Test]
    public async Task Relocate_IntoANamespaceOfTheLabels_IsRefused()
    {
        host.PlaceBytes(1026, (From, SyntheticLabels.AreaUpTo(2, To + 4096, (Guid.NewGuid(), "large", 1))));
        var run = await host.Run("repair", "--relocate-labels", "namespace0.0", "--strategy", "largest", "--apply", "--json");
        run.AssertStatus(3);
        Assert.That(ToolRun.Codes(run.Json["findings"]), Does.Contain(NvdimmCodes.RelocationIntoNamespaces));
        Assert.That(host.BytesAt(To).AsSpan().ContainsAnyExcept((byte)0), Is.False);
    }

    /// <summary>Every step to a start is printed: accept, record, start.</summary>
    [Test]
    public async Task Relocate_PrintsEveryStepToTheStart()
    {
        await Succeed("layout", "record", "--device", "namespace0.0");
        var run = await Succeed("repair", "--relocate-labels", "namespace0.0", "--strategy", "largest", "--apply");
        Assert.That(Next(run).Select(step => string.Join(' ', step.Split(' ').Take(3))), Is.EqualTo(new[] { "nvdimm layout accept", "nvdimm layout record", "start the VM:" }));
        foreach (var command in Next(run).SkipLast(1))
        {
            (await host.Follow(command)).AssertStatus(0);
        }

        (await Check()).AssertStatus(0);
    }

    /// <summary>A state folder with an apostrophe, blanks and a dollar sign in its name: every printed command works.</summary>
    [Test]
    public async Task PrintedCommands_WorkWithAnyStateFolder()
    {
        host.UseState("it's a $state");
        await Succeed("layout", "record", "--device", "namespace0.0");
        var run = await Succeed("repair", "--relocate-labels", "namespace0.0", "--strategy", "largest", "--apply");
        var command = run.Output.Split("to take it back, until a guest has written: ")[1].Trim();
        Assert.That(command, Does.Contain(@"it'\''s a $state"));
        var words = RealProgram.Run("sh", "-c", command.Replace("nvdimm ", "printf '%s\\n' nvdimm ", StringComparison.Ordinal)).Output.Trim().Split('\n');
        Assert.That(words, Does.Contain(host.State));
        (await host.Follow(command)).AssertStatus(0);
        Assert.That(host.BytesAt(To).AsSpan().ContainsAnyExcept((byte)0), Is.False);
    }

    /// <summary>A full disk: what happened to what is said, and no half of a backup stays.</summary>
    [Test]
    public async Task Relocate_WithoutRoomForTheBackup_SaysSo_AndLeavesNoHalf()
    {
        await Succeed("layout", "record", "--device", "namespace0.0");
        var folder = Directory.CreateDirectory(Path.Combine(host.State, "backups")).FullName;
        var (status, _, error) = RealProgram.Run("mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", folder);
        if (status != 0)
        {
            RealProgram.Unavailable($"A tmpfs cannot be mounted here: {error.Trim()}");
        }

        try
        {
            var run = await host.Run("repair", "--relocate-labels", "namespace0.0", "--strategy", "largest", "--apply");
            run.AssertStatus(5);
            Assert.That(run.Error, Does.Contain($"The backup could not be written to {folder}: No space left on device").And.Contain($"Nothing was written to {host.Device.Path}"));
            Assert.That(Directory.GetFiles(folder, "*.bin"), Is.Empty);
            Assert.That(host.BytesAt(To).AsSpan().ContainsAnyExcept((byte)0), Is.False);
        }
        finally
        {
            RealProgram.Run("umount", folder);
        }
    }

    private static List<string> Next(ToolRun run) => [.. run.Output.Split('\n').Where(line => line.StartsWith("next: ", StringComparison.Ordinal)).Select(line => line[6..])];

    private async Task<string> Relocate() =>
        (string)(await Succeed("repair", "--relocate-labels", "namespace0.0", "--strategy", "largest", "--apply", "--json")).Json["backups"]![1]!;

    private async Task<string> RelocateAcceptAndRecord()
    {
        await Succeed("layout", "record", "--device", "namespace0.0");
        var run = await Succeed("repair", "--relocate-labels", "namespace0.0", "--strategy", "largest", "--apply", "--json");
        foreach (var command in run.Json["next"]!.Select(step => (string)step!).Where(step => step.StartsWith("nvdimm ", StringComparison.Ordinal)))
        {
            (await host.Follow(command)).AssertStatus(0);
        }

        return (string)run.Json["backups"]![1]!;
    }

    private Task<ToolRun> Check() => host.Run("layout", "check", "--device", "namespace0.0", "--keep-layout");

    private async Task<ToolRun> Succeed(params string[] arguments)
    {
        var run = await host.Run(arguments);
        run.AssertStatus(0);
        return run;
    }
}
