using System.Buffers.Binary;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Guard;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Host.Tests.Labels;
using Nvdimm.Extensions.Host.Tests.Ledger;
using Nvdimm.Extensions.Host.Tests.Start;
using Nvdimm.Extensions.Host.Verdicts;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Tests.Guard;

public sealed class LayoutGuardTests
{
    private const long MiB = 1L << 20;

    /// <summary>The label offset of 512 MiB with 2 MiB under oVirt's strategy, as measured.</summary>
    private const long Offset = 404619264;

    private static readonly byte[] Real = RealLabels.Read(RealLabels.TwoNamespaces);

    private TemporaryFolder folder = null!;
    private LayoutLedger ledger = null!;

    [SetUp]
    public void SetUp()
    {
        folder = new TemporaryFolder();
        ledger = new LayoutLedger(StateFolders.Made(Path.Combine(folder.Path, "ledger")), new FixedTime());
    }

    [TearDown]
    public void TearDown() => folder.Dispose();

    [Test]
    public void Check_BlankDeviceWithoutRecord_IsTheFirstUse() => Expect(Check(Blank(), Samples.Layout()), GuardVerdict.FirstUse, isAllowed: true);

    [Test]
    public void Check_LabelsWherePlanned_WithoutRecord_IsTheSame() =>
        Expect(Check(Labelled(Offset), Samples.Layout()), GuardVerdict.Same, isAllowed: true, NvdimmCodes.LayoutNotRecorded);

    [Test]
    public void Check_LabelsWherePlannedAndRecorded_IsTheSame()
    {
        var device = Labelled(Offset);
        Record(device, Samples.Layout(), LabelArea.Read(Real)!.Hash);
        Expect(Check(device, Samples.Layout()), GuardVerdict.Same, isAllowed: true);
        Record(device, Samples.Layout(), new string('0', 64));
        Expect(Check(device, Samples.Layout()), GuardVerdict.Same, isAllowed: true, NvdimmCodes.LayoutLabelsChanged);
    }

    [Test]
    public void Check_LabelsOfTheOtherStrategy_NamesIt()
    {
        var largest = Samples.Layout(strategy: SizingStrategy.Largest);
        Assert.That(largest.LabelOffset, Is.EqualTo(ByteSize.FromBytes(Offset)), "the two agree on 512 MiB");
        var planned = Samples.Layout(1026, strategy: SizingStrategy.Largest);
        var check = Check(Labelled(Samples.Layout(1026).LabelOffset.Bytes, 1026), planned);
        Expect(check, GuardVerdict.Moved, isAllowed: false, NvdimmCodes.LayoutMoved);
        Assert.That(check.Findings[0]["by"], Is.EqualTo("ovirt for x86_64 with alignment 2 MiB on 1075838976 bytes"));
        Assert.That(check.Findings[0].Message, Does.Contain($"{(898 * MiB) - (128 << 10)}"));
    }

    [Test]
    public void Check_LabelsWhereNoLayoutWouldPutThem_AreFoundAllTheSame()
    {
        var check = Check(Labelled((100 * MiB) - (128 << 10)), Samples.Layout());
        Expect(check, GuardVerdict.Moved, isAllowed: false, NvdimmCodes.LayoutMoved);
        Assert.That(check.Findings[0]["by"], Does.Contain($"{100 * MiB} bytes that no known layout"));
    }

    [TestCase(514, 2, new[] { NvdimmCodes.LayoutResized }, GuardVerdict.Resized)]
    [TestCase(1024, 2, new[] { NvdimmCodes.LayoutResized, NvdimmCodes.LayoutChanged }, GuardVerdict.Moved)]
    [TestCase(256, 2, new[] { NvdimmCodes.LayoutResized, NvdimmCodes.LayoutChanged }, GuardVerdict.Moved)]
    [TestCase(512, 16, new[] { NvdimmCodes.LayoutChanged }, GuardVerdict.Moved)]
    public void Check_LabellessDevice_IsJudgedByTheLedgerAlone(long mebibytes, long align, string[] codes, GuardVerdict verdict)
    {
        Record(Blank(), Samples.Layout(), labelHash: null);
        Expect(Check(Blank(mebibytes), Samples.Layout(mebibytes, align)), verdict, isAllowed: false, codes);
    }

    [Test]
    public void Check_LabellessDevice_WithTheRecordedLayout_IsTheSame()
    {
        Record(Blank(), Samples.Layout(), labelHash: null);
        Expect(Check(Blank(), Samples.Layout()), GuardVerdict.Same, isAllowed: true);
    }

    [Test]
    public void Check_DeviceThatIsLargerThanListed_IsResized() =>
        Expect(Check(Blank(514), Samples.Layout()), GuardVerdict.Resized, isAllowed: false, NvdimmCodes.LayoutResized);

    [Test]
    public void Check_TwoSetsOfLabels_IsAmbiguous()
    {
        var device = On(folder.Device(512 * MiB, (Offset, Real), (Offset + (2 * MiB), SyntheticLabels.Area(1))));
        Record(device, Samples.Layout(), LabelArea.Read(Real)!.Hash);
        Expect(Check(device, Samples.Layout()), GuardVerdict.Ambiguous, isAllowed: false, NvdimmCodes.LayoutAmbiguous);
        var other = On(folder.Device(1024 * MiB, (Offset, Real), (Samples.Layout(1024).LabelOffset.Bytes, SyntheticLabels.Area(1))));
        Record(other, Samples.Layout(), labelHash: null);
        var check = Check(other, Samples.Layout(1024));
        Expect(check, GuardVerdict.Ambiguous, isAllowed: false, NvdimmCodes.LayoutResized, NvdimmCodes.LayoutChanged, NvdimmCodes.LayoutAmbiguous);
        Assert.That(check.Findings[2]["offsets"], Is.EqualTo($"{Offset}, {Samples.Layout(1024).LabelOffset.Bytes}"));
    }

    /// <summary>A guest that finds no labels at its place sees none of several sets: to accept that there are several is not enough.</summary>
    [Test]
    public void Check_TwoSetsOfLabelsElsewhere_IsAmbiguousAndMoved()
    {
        var device = On(folder.Device(512 * MiB, (Offset + MiB, Real), (Offset + (2 * MiB), SyntheticLabels.Area(1))));
        var check = Check(device, Samples.Layout());
        Expect(check, GuardVerdict.Ambiguous, isAllowed: false, NvdimmCodes.LayoutAmbiguous, NvdimmCodes.LayoutMoved, NvdimmCodes.LayoutMoved);
        Assert.That(check.Findings.Skip(1).Select(finding => finding["offset"]), Is.EqualTo([$"{Offset + MiB}", $"{Offset + (2 * MiB)}"]));
    }

    [Test]
    public void Check_LabelsThatAreGone_IsUnknown()
    {
        Record(Blank(), Samples.Layout(), new string('a', 64));
        Expect(Check(Blank(), Samples.Layout()), GuardVerdict.Unknown, isAllowed: false, NvdimmCodes.LayoutLabelsMissing);
    }

    [Test]
    public void Check_DeviceThatCannotBeRead_IsUnknown() =>
        Expect(Check(On("/dev/nvdimm-none"), Samples.Layout()), GuardVerdict.Unknown, isAllowed: false, NvdimmCodes.LayoutUnreadable);

    [Test]
    public void Check_DamagedRecord_IsUnknownAndCannotBeAccepted()
    {
        var device = Blank();
        Record(device, Samples.Layout(), labelHash: null);
        File.WriteAllText(Path.Combine(ledger.Folder, $"{DeviceIdentity.Of(device)}.json"), "");
        var check = Check(device, Samples.Layout());
        Expect(check, GuardVerdict.Unknown, isAllowed: false, NvdimmCodes.LedgerDamaged);
        Assert.That(check.Findings.Any(GuardCodes.IsAcceptable), Is.False);
    }

    [Test]
    public void Check_LedgerThatCannotBeRead_IsUnknown()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, $"{Samples.Identity()}.json"));
        Expect(new StartEvidenceReader(folder.Path, new FixedTime()).Check(Blank(), Samples.Layout()), GuardVerdict.Unknown, isAllowed: false, NvdimmCodes.LedgerUnreadable);
    }

    [TestCase(1, 0)]
    [TestCase(2, 8)]
    public void Check_PowerLabels_BelongToTheUuidThatWroteThem(int minor, int half)
    {
        var cookie = BinaryPrimitives.ReadUInt64LittleEndian(Samples.PowerUuid.ToByteArray(bigEndian: true).AsSpan(half));
        var device = On(folder.Device(513 * MiB, (512 * MiB, SyntheticLabels.Area(minor, (Samples.Uuid(5), "guestdata", cookie)))));
        Expect(Check(device, Samples.PowerLayout(Samples.PowerUuid)), GuardVerdict.Same, isAllowed: true, NvdimmCodes.LayoutNotRecorded);
        var other = GuestUuid.For(Samples.Uuid(7));
        var check = Check(device, Samples.PowerLayout(other));
        Expect(check, GuardVerdict.Foreign, isAllowed: false, NvdimmCodes.LayoutForeign, NvdimmCodes.LayoutNotRecorded);
        Assert.That(Samples.PowerUuid.ToString("N"), Does.Contain(check.Findings[0]["cookie"]));
        Assert.That(other.ToString("N"), Does.Contain(check.Findings[0]["expected"]));
    }

    [Test]
    public void Check_PowerUuidThatIsNotTheRecordedOne_IsForeign()
    {
        Record(Blank(513), Samples.PowerLayout(Samples.PowerUuid), labelHash: null);
        Expect(Check(Blank(513), Samples.PowerLayout(Samples.Uuid(7))), GuardVerdict.Foreign, isAllowed: false, NvdimmCodes.LayoutUuidChanged);
    }

    [Test]
    public void Check_AcceptedFinding_IsAllowed_AndNoOtherIs()
    {
        var device = Labelled(Samples.Layout(1026).LabelOffset.Bytes, 1026);
        var planned = Samples.Layout(1026, strategy: SizingStrategy.Largest);
        var check = Check(device, planned);
        ledger.Accept(DeviceIdentity.Of(device), device.Name, device.Path!, check.Refusals, "root");
        Expect(Check(device, planned), GuardVerdict.Moved, isAllowed: true, NvdimmCodes.LayoutMoved);
        Expect(Check(device with { Name = "namespace3.0" }, planned), GuardVerdict.Moved, isAllowed: true, NvdimmCodes.LayoutMoved);
        Assert.That(Check(device, Samples.Layout(1026, alignMebibytes: 16)).IsAllowed, Is.False, "another plan");
        Assert.That(Check(device with { Uuid = Samples.Uuid(8) }, planned).IsAllowed, Is.False, "another device");
        Assert.That(Check(Labelled(Offset, 1026), planned).IsAllowed, Is.False, "labels elsewhere");
    }

    [TestCase(Offset, GuardVerdict.Unknown, NvdimmCodes.LayoutLabelsDamaged)]
    [TestCase(Offset - (2 * MiB), GuardVerdict.Unknown, NvdimmCodes.LayoutLabelsDamaged)]
    [TestCase(Offset - (100 * MiB), GuardVerdict.Unknown, NvdimmCodes.LayoutLabelsDamaged)]
    public void Check_SignatureWithoutWholeIndex_IsNoBlankDevice(long at, GuardVerdict verdict, string code)
    {
        var device = On(folder.Device(512 * MiB, (at, Broken())));
        var check = Check(device, Samples.Layout());
        Expect(check, verdict, isAllowed: false, code);
        Assert.That((check.Findings[0]["offset"], check.Findings[0]["labels"]), Is.EqualTo(($"{at}", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Broken())))));
        ledger.Accept(DeviceIdentity.Of(device), device.Name, device.Path!, check.Refusals, "root");
        Assert.That(Check(device, Samples.Layout()).IsAllowed, Is.True, "accepted");
        Assert.That(Check(On(folder.Device(512 * MiB, (at, Broken(last: 1)))), Samples.Layout()).IsAllowed, Is.False, "others");
    }

    [Test]
    public void Check_WhatIsLeftOfOtherLabelsBesideWholeOnes_IsOfNoUseToAGuest() => Expect(
        Check(On(folder.Device(512 * MiB, (Offset - (2 * MiB), Broken()), (Offset, Real))), Samples.Layout()),
        GuardVerdict.Same,
        isAllowed: true,
        NvdimmCodes.LayoutNotRecorded);

    [Test]
    public void Check_DamagedLabelsThatWereRecorded_AreNotCalledMissing()
    {
        var device = On(folder.Device(512 * MiB, (Offset, Broken())));
        Record(device, Samples.Layout(), LabelArea.Read(Real)!.Hash);
        Expect(Check(device, Samples.Layout()), GuardVerdict.Unknown, isAllowed: false, NvdimmCodes.LayoutLabelsDamaged);
    }

    /// <summary>From one layout to another and back, each time accepted: none of these acceptances may allow the other layout once more.</summary>
    [Test]
    public void Check_AfterAcceptedChangesThereAndBack_RefusesTheOtherLayoutAgain()
    {
        var device = Blank(1026);
        var (ovirt, largest) = (Samples.Layout(1026), Samples.Layout(1026, strategy: SizingStrategy.Largest));
        Record(device, ovirt, labelHash: null);
        foreach (var next in new[] { largest, ovirt })
        {
            ledger.Accept(DeviceIdentity.Of(device), device.Name, device.Path!, Check(device, next).Refusals, "root");
            Expect(Check(device, next), GuardVerdict.Moved, isAllowed: true, NvdimmCodes.LayoutChanged);
            Record(device, next, labelHash: null);
        }

        Expect(Check(device, largest), GuardVerdict.Moved, isAllowed: false, NvdimmCodes.LayoutChanged);
    }

    /// <summary>A guest that had 2 MiB more, with an alignment of 4 KiB, has namespaces up to its end.</summary>
    [Test]
    public void Check_NamespacesThatReachBehindTheGuestSize_AreNotCutOff()
    {
        var planned = Samples.Layout();
        var device = WithNamespaces(up: planned.LabelOffset.Bytes);
        var check = Check(device, planned);
        Expect(check, GuardVerdict.Moved, isAllowed: false, NvdimmCodes.LayoutCutsNamespaces, NvdimmCodes.LayoutNotRecorded);
        Assert.That((check.Findings[0]["end"], check.Findings[0]["guest"]), Is.EqualTo(($"{Offset}", $"{384 * MiB}")));
        Expect(Check(WithNamespaces(up: 384 * MiB), planned), GuardVerdict.Same, isAllowed: true, NvdimmCodes.LayoutNotRecorded);
        Expect(Check(WithNamespaces(up: -1), planned), GuardVerdict.Moved, isAllowed: false, NvdimmCodes.LayoutCutsNamespaces, NvdimmCodes.LayoutNotRecorded);
    }

    [Test]
    public void KeptLayout_OfLabelsOnTheDevice_HasTheAlignmentWithWhichTheNamespacesFit()
    {
        var request = new SizingRequest(GuestArchitecture.X86_64, ByteSize.FromMiB(512)) { Align = Alignment.FromMiB(2) };
        Assert.That(Kept(384 * MiB).Layout?.AlignSize, Is.EqualTo(Alignment.FromMiB(2)), "the device's own");
        Assert.That((Kept(Offset).Layout?.AlignSize, Kept(Offset).Layout?.GuestSize), Is.EqualTo(((Alignment?)Alignment.FromKiB(128), (ByteSize?)ByteSize.FromBytes(Offset))), "the largest that fits");
        Assert.That(Kept(Offset + 1).Findings.Single().Message, Does.Contain($"the guest's namespaces reach to {Offset + 1}"));

        KeptLayout Kept(long end)
        {
            var check = Check(WithNamespaces(end), Samples.Layout());
            return KeptLayout.At(request, check.Evidence.Survey.Found.Single(), LayoutCandidates.For(Samples.Layout(), recorded: null));
        }
    }

    [Test]
    public void Check_PowerLabelsOfAnotherUuidElsewhere_AreForeignToo()
    {
        var device = On(folder.Device(1025 * MiB, (512 * MiB, SyntheticLabels.Area(2, (Samples.Uuid(5), "guestdata", 1)))));
        Expect(
            Check(device, Samples.PowerLayout(Samples.PowerUuid, 1025)),
            GuardVerdict.Foreign,
            isAllowed: false,
            NvdimmCodes.LayoutMoved,
            NvdimmCodes.LayoutForeign);
    }

    [Test]
    public void Check_DeviceWithoutUuid_IsTheSameWithAWarning()
    {
        var device = Blank() with { Uuid = null };
        Expect(Check(device, Samples.Layout()), GuardVerdict.FirstUse, isAllowed: true);
        Record(device, Samples.Layout(), labelHash: null);
        Expect(Check(device, Samples.Layout()), GuardVerdict.Same, isAllowed: true, NvdimmCodes.LayoutWeakIdentity);
    }

    [Test]
    public void DeviceLayout_OfWhatIsNoLayout_IsTheCallersBug()
    {
        var request = new SizingRequest(GuestArchitecture.X86_64, ByteSize.FromMiB(512));
        Assert.That(() => DeviceLayout.Of(null!, null), Throws.ArgumentNullException);
        Assert.That(() => DeviceLayout.Of(NvdimmSizer.Size(request).Layout!, Samples.Uuid(1)), Throws.ArgumentException);
        Assert.That(() => Samples.PowerLayout(default) with { GuestUuid = null }, Throws.Nothing);
        Assert.That(() => Check(Samples.Device() with { Path = null }, Samples.Layout()), Throws.ArgumentException);
    }

    [Test]
    public void KeptLayout_OfTheRecord_LeavesTheLabelsWhereTheyAre()
    {
        var request = new SizingRequest(GuestArchitecture.X86_64, ByteSize.FromMiB(1024)) { Align = Alignment.FromMiB(16) };
        var kept = KeptLayout.Of(request, Samples.Layout());
        Assert.That((kept.IsAllowed, kept.Layout?.IsKept, kept.Layout?.LabelOffset, kept.Layout?.AlignSize), Is.EqualTo((true, (bool?)true, (ByteSize?)ByteSize.FromBytes(Offset), (Alignment?)Alignment.FromMiB(2))));
        var smaller = KeptLayout.Of(request with { DeviceSize = ByteSize.FromMiB(256) }, Samples.Layout());
        Assert.That((smaller.IsAllowed, smaller.Layout), Is.EqualTo((false, (NvdimmLayout?)null)));
        Assert.That(smaller.Findings.Single().Code, Is.EqualTo(NvdimmCodes.LayoutCannotBeKept));
        Assert.That(smaller.Findings.Single().Message, Does.Contain("QEMU refuses"));
    }

    [Test]
    public void KeptLayout_OfLabelsOnTheDevice_IsTheOneThatPutThemThere()
    {
        var planned = Samples.Layout(1026, strategy: SizingStrategy.Largest);
        var labels = Check(Labelled(Samples.Layout(1026).LabelOffset.Bytes, 1026), planned).Evidence.Survey.Found.Single();
        var request = new SizingRequest(GuestArchitecture.X86_64, ByteSize.FromMiB(1026)) { Align = Alignment.FromMiB(2) };
        var kept = KeptLayout.At(request, labels, LayoutCandidates.For(planned, recorded: null));
        Assert.That(DeviceLayout.Of(kept.Layout!, null) with { Strategy = SizingStrategy.Ovirt }, Is.EqualTo(Samples.Layout(1026)));
        var odd = labels with { Offset = ByteSize.FromMiB(101) };
        Assert.That(KeptLayout.At(request, odd, []).Findings.Single().Message, Does.Contain("libvirt's rounding would put them at"));
    }

    [Test]
    public void Candidates_HaveThePlanFirst_EachPlaceOnce_OfBothFamiliesAndRoundings()
    {
        var candidates = LayoutCandidates.For(Samples.Layout(1025), Samples.Layout());
        Assert.That(candidates[0].Origin, Is.EqualTo("the plan"));
        Assert.That(candidates[1].Origin, Is.EqualTo("the ledger's record"));
        Assert.That(candidates.Select(candidate => candidate.Place), Is.Unique);
        var offsets = candidates.Select(candidate => candidate.Place.Offset).ToList();
        Assert.That(offsets, Does.Contain(ByteSize.FromMiB(896)), "x86 without libvirt's rounding, 4 KiB");
        Assert.That(offsets, Does.Contain(ByteSize.FromMiB(1024)), "POWER");
        Assert.That(offsets, Does.Contain(ByteSize.FromBytes((898 * MiB) - (128 << 10))), "x86 with it");
    }

    private static NvdimmDevice On(string path) => Samples.Device() with { Path = path };

    private NvdimmDevice Blank(long mebibytes = 512) => On(folder.Device(mebibytes * MiB));

    /// <summary>Real labels of which a byte of each index is another.</summary>
    private static byte[] Broken(byte last = 0)
    {
        var bytes = (byte[])Real.Clone();
        bytes[80] ^= 1;
        bytes[256 + 80] ^= 1;
        bytes[^1] = last;
        return bytes;
    }

    private NvdimmDevice WithNamespaces(long up) =>
        On(folder.Device(512 * MiB, (Offset, SyntheticLabels.AreaUpTo(2, up, (Samples.Uuid(5), "all", 1)))));

    private NvdimmDevice Labelled(long offset, long mebibytes = 512) => On(folder.Device(mebibytes * MiB, (offset, Real)));

    private void Record(NvdimmDevice device, DeviceLayout layout, string? labelHash) =>
        ledger.Save(new LayoutUse
        {
            Identity = DeviceIdentity.Of(device),
            Name = device.Name,
            Path = device.Path!,
            Layout = layout,
            LabelHash = labelHash,
        });

    private LayoutCheckResult Check(NvdimmDevice device, DeviceLayout planned) => new StartEvidenceReader(ledger.Folder, new FixedTime()).Check(device, planned);

    private static void Expect(LayoutCheckResult check, GuardVerdict verdict, bool isAllowed, params string[] codes)
    {
        Assert.That(check.Findings.Select(finding => finding.Code), Is.EqualTo(codes));
        Assert.That((check.Verdict, check.IsAllowed), Is.EqualTo((verdict, isAllowed)));
        Assert.That(check.Findings.Select(finding => finding.Message), Has.None.Contains("${"));
    }
}
