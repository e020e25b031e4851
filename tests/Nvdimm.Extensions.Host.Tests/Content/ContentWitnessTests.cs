using Nvdimm.Extensions.Host.Content;

namespace Nvdimm.Extensions.Host.Tests.Content;

public sealed class ContentWitnessTests
{
    private const long MiB = 1L << 20;
    private const string Uuid = "994ec094-35ca-4a43-8b08-49e0e16efb76";

    private static readonly FoundContent Ext4 = new("ext4") { Label = "backup", Uuid = Uuid, End = ByteSize.FromMiB(800) };

    private static IEnumerable<TestCaseData> Rows()
    {
        yield return Row("it fits, with room behind it", 900 * MiB, Ext4, $"w NVDIMM_CONTENT_FOUND ext4 backup {Uuid} 838860800");
        yield return Row("it fits to the byte", 800 * MiB, Ext4, $"w NVDIMM_CONTENT_FOUND ext4 backup {Uuid} 838860800");
        yield return Row("its last byte is missing", (800 * MiB) - 1, Ext4, $"e NVDIMM_CONTENT_CUT ext4 backup {Uuid} 838860800 838860799");
        var table = new FoundContent("dos") { End = ByteSize.FromMiB(800) };
        yield return Row("it has no name", 100 * MiB, table, "e NVDIMM_CONTENT_CUT dos none none 838860800 104857600");
        var endless = new FoundContent("crypto_LUKS") { Uuid = Uuid };
        yield return Row("no end", 900 * MiB, endless, $"e NVDIMM_CONTENT_SIZE_UNKNOWN crypto_LUKS none {Uuid} 943718400");
        yield return Row("checksum", 900 * MiB, FoundContent.Damaged("xfs", ContentDamage.Checksum), "e NVDIMM_CONTENT_DAMAGED xfs checksum 943718400");
        yield return Row("fields", 900 * MiB, FoundContent.Damaged("xfs", ContentDamage.Fields), "e NVDIMM_CONTENT_DAMAGED xfs fields 943718400");
        yield return Row("truncated", 900 * MiB, FoundContent.Damaged("xfs", ContentDamage.Truncated), "e NVDIMM_CONTENT_DAMAGED xfs truncated 943718400");
        var member = new FoundContent("linux_raid_member") { End = ByteSize.FromMiB(800), LargestFit = ByteSize.FromBytes((800 * MiB) + 4095) };
        yield return Row("at its end", (800 * MiB) + 4095, member, "w NVDIMM_CONTENT_FOUND linux_raid_member none none 838860800");
        yield return Row("not at its end", (800 * MiB) + 4096, member, "e NVDIMM_CONTENT_NOT_AT_END linux_raid_member none none 838860800 838864895 838864896");
        yield return Row("before its end", (800 * MiB) - 4096, member, "e NVDIMM_CONTENT_CUT linux_raid_member none none 838860800 838856704");
    }

    [TestCaseSource(nameof(Rows))]
    public void Hear_OneContent(FoundContent content, long guestSize, string expected)
    {
        var finding = FindingsOf(Survey(content), guestSize).Single();
        Assert.That(Line(finding), Is.EqualTo(expected));
        Assert.That(finding["device"], Is.EqualTo("namespace0.0"));
        Assert.That(finding.Message, Does.Contain(content.Type).And.Not.Contain("${"));
    }

    [Test]
    public void Hear_LabelAreaInsideWhatTheGuestSees_EndsItThere()
    {
        var findings = ContentWitness.FindingsOf("namespace0.0", Survey(Ext4), ByteSize.FromMiB(900), ByteSize.FromMiB(799), ByteSize.FromKiB(128));
        Assert.That(Line(findings.Single()), Is.EqualTo($"e NVDIMM_CONTENT_CUT ext4 backup {Uuid} 838860800 837812224"));
        findings = ContentWitness.FindingsOf("namespace0.0", Survey(Ext4), ByteSize.FromMiB(900), ByteSize.FromMiB(799), ByteSize.Zero);
        Assert.That(findings.Single().Code, Is.EqualTo(NvdimmCodes.ContentFound), "no label area");
    }

    [Test]
    public void Hear_SeveralContents_SpeaksOfEach() => Assert.That(
        FindingsOf(Survey(Ext4, new FoundContent("swap") { End = ByteSize.FromMiB(4) }), 500 * MiB).Select(finding => finding.Code),
        Is.EqualTo([NvdimmCodes.ContentCut, NvdimmCodes.ContentFound]));

    [Test]
    public void Hear_NothingOrNothingThatIsKnown()
    {
        Assert.That(FindingsOf(new ContentSurvey
        {
            Path = "/dev/pmem0",
            DeviceSize = ByteSize.FromMiB(1024),
            Found = [],
            IsBlank = true,
            UnreadableReason = null,
        }, MiB), Is.Empty);
        Assert.That(FindingsOf(ContentSurvey.Unreadable("/dev/pmem0", "no such file"), MiB).Single().Code, Is.EqualTo(NvdimmCodes.LayoutUnreadable));
        Assert.That(Line(FindingsOf(Survey(), MiB).Single()), Is.EqualTo("w NVDIMM_CONTENT_UNKNOWN 1048576"));
    }

    [Test]
    public void Content_ForPeople()
    {
        Assert.That($"{Ext4}", Is.EqualTo("ext4 'backup', 800 MiB"));
        Assert.That($"{FoundContent.Damaged("xfs", ContentDamage.Checksum)}", Is.EqualTo("damaged xfs"));
        Assert.That($"{new FoundContent("crypto_LUKS")}", Is.EqualTo("crypto_LUKS, size unknown"));
    }

    private static TestCaseData Row(string name, long guestSize, FoundContent content, string expected) =>
        new TestCaseData(content, guestSize, expected).SetName($"ContentWitness: {name}");

    private static ContentSurvey Survey(params FoundContent[] found) =>
        new()
        {
            Path = "/dev/pmem0",
            DeviceSize = ByteSize.FromMiB(1024),
            Found = [.. found],
            IsBlank = false,
            UnreadableReason = null,
        };

    private static ValueList<Finding> FindingsOf(ContentSurvey survey, long guestSize) =>
        ContentWitness.FindingsOf("namespace0.0", survey, ByteSize.FromBytes(guestSize), ByteSize.FromBytes(guestSize), ByteSize.FromKiB(128));

    private static string Line(Finding finding)
    {
        var arguments = finding.Arguments.Where(argument => argument.Name != "device").Select(argument => argument.Value);
        return $"{(finding.Severity == Severity.Error ? 'e' : 'w')} {finding.Code} {string.Join(' ', arguments)}";
    }
}
