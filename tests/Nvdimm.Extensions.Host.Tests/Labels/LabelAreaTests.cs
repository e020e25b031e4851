using System.Buffers.Binary;
using CsCheck;
using Newtonsoft.Json.Linq;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Tests.Content;

namespace Nvdimm.Extensions.Host.Tests.Labels;

public sealed class LabelAreaTests
{
    private static readonly Guid Uuid = new("2456e028-3662-4bd1-9dc5-03254993fc5d");

    /// <summary>Slots that are being written (flag 8) are in ndctl's list, but not in use by the index.</summary>
    [TestCase("x86-v1.1-one-namespace")]
    [TestCase("x86-v1.1-two-namespaces")]
    [TestCase("x86-v1.2-two-namespaces")]
    public void Read_RealArea_HasWhatNdctlReadInTheGuest(string name)
    {
        var listed = (JObject)JArray.Parse(TestFiles.Text("labels", $"{name}.read-labels.json"))[0];
        var expected = listed["label"]!.Where(label => (int)label["flags"]! != 8)
            .Select(label => new NamespaceLabel
            {
                Uuid = Guid.Parse((string)label["uuid"]!),
                Name = (string)label["name"]!,
                Cookie = (ulong)label["isetcookie"]!,
                End = ByteSize.FromBytes((long)label["dpa"]! + (long)label["rawsize"]!),
            });
        var area = LabelArea.Read(RealLabels.Read(name))!;
        Assert.That(area.Labels, Is.EqualTo(expected));
        Assert.That((area.Major, area.Minor), Is.EqualTo(((int)listed["index"]![0]!["major"]!, (int)listed["index"]![0]!["minor"]!)));
        Assert.That(area.Cookies, Has.Count.EqualTo(1));
        Assert.That(area.NamespacesEnd, Is.EqualTo(area.Labels.Max(label => label.End)));
    }

    [Test]
    public void Read_RealInitialisedArea_HasNoLabels()
    {
        var bytes = RealLabels.Read("x86-v1.1-initialised");
        var area = LabelArea.Read(bytes)!;
        Assert.That(area.Labels, Is.Empty);
        Assert.That(area.Hash, Is.EqualTo(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))));
        Assert.That(area.Size, Is.EqualTo(ByteSize.FromKiB(128)));
    }

    /// <summary>Behind the search: indexes, labels and the beginning of the sum come from one read, as a start asks for them of every device.</summary>
    [TestCaseSource(typeof(RealLabels), nameof(RealLabels.Names))]
    public void Survey_RealArea_ReadsItOncePieceByPiece(string name)
    {
        using var device = new CountedContent(4 << 20, RealLabels.Read(name));
        var survey = LabelProbe.Survey("device", device, LabelSearch.At([new LabelPlace(ByteSize.Zero, ByteSize.FromBytes(RealLabels.Size))]));
        Assert.That(survey.Found.Single().Area, Is.EqualTo(LabelArea.Read(RealLabels.Read(name))));
        const int Piece = LabelReader.PieceSize;
        Assert.That(
            device.Reads,
            Is.EqualTo(new[] { (0L, LabelReader.HeadSize), (0L, Piece), (1L * Piece, Piece), (2L * Piece, Piece), (3L * Piece, Piece) }));
    }

    /// <summary>Records hold it: it is the same however far the area is in use, and whatever is behind the last whole word.</summary>
    [Test]
    public void Sum_IsThatOfAllWords_WhereverTheZerosBegin()
    {
        var real = RealLabels.Read("x86-v1.2-two-namespaces");
        Assert.That(LabelArea.Read(real)!.Sum, Is.EqualTo("b1ecf5d7439964629e378cfa8b391e5d"));
        foreach (var last in new[] { 4096, 65_535, real.Length - 9, real.Length - 8, real.Length - 1 })
        {
            var bytes = (byte[])real.Clone();
            bytes[last] = 0xA5;
            var (first, second) = (0UL, 0UL);
            for (var at = 0; at < bytes.Length; at += sizeof(ulong))
            {
                first = unchecked(first + BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at)));
                second = unchecked(second + first);
            }

            Assert.That(LabelArea.Read(bytes)!.Sum, Is.EqualTo($"{second:x16}{first:x16}"), $"{last}");
        }
    }

    [TestCaseSource(typeof(RealLabels), nameof(RealLabels.Names))]
    public void Read_RealAreaWithOneIndexDestroyed_IsReadFromTheOther(string name)
    {
        foreach (var index in new[] { 0, 256 })
        {
            var bytes = RealLabels.Read(name);
            bytes.AsSpan(index, 256).Clear();
            Assert.That(LabelArea.Read(bytes), Is.Not.Null, $"index at {index}");
        }
    }

    [TestCaseSource(typeof(RealLabels), nameof(RealLabels.Names))]
    public void Read_RealAreaWithAChangedBitInEachIndex_IsNone(string name) => Gen.Select(Gen.Int[16, 255], Gen.Int[16, 255], Gen.Int[0, 7]).Sample(
        (first, second, bit) =>
        {
            var bytes = RealLabels.Read(name);
            bytes[first] ^= (byte)(1 << bit);
            bytes[256 + second] ^= (byte)(1 << bit);
            return LabelArea.Read(bytes) is null;
        },
        iter: 2_000);

    [Test]
    public void Read_SignatureInRandomData_IsNotTakenForLabels() => Gen.Byte.Array[4096].Sample(
        bytes =>
        {
            "NAMESPACE_INDEX\0"u8.CopyTo(bytes);
            "NAMESPACE_INDEX\0"u8.CopyTo(bytes.AsSpan(256));
            return LabelArea.Read(bytes) is null;
        },
        iter: 5_000);

    [Test]
    public void Read_AnyBytes_NeverThrows() => Gen.Select(Gen.Byte.Array[0, 2048], Gen.Int[0, 3]).Sample(
        (bytes, sealing) =>
        {
            if (bytes.Length >= 16)
            {
                "NAMESPACE_INDEX\0"u8.CopyTo(bytes);
            }

            if (bytes.Length >= 512 && sealing > 0)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(32), 256);
                BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(24), 0);
                BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(40), 256);
                BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(48), 512);
                bytes[19] = (byte)(sealing - 1);
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(56), (uint)(bytes.Length / 256));
                SyntheticLabels.Seal(bytes.AsSpan(0, 256), 64);
            }

            _ = LabelArea.Read(bytes);
        },
        iter: 20_000);

    [TestCase(128 << 10, 1)]
    [TestCase(128 << 10, 2)]
    [TestCase(2 << 20, 1)]
    [TestCase(2 << 20, 2)]
    public void Read_SyntheticArea_OfAnySize_IsRead(int size, int minor)
    {
        var bytes = SyntheticLabels.Area(size, minor, (Uuid, "one", 7), (Uuid, "two", 8));
        Assert.That(LabelArea.Read(bytes)!.Labels.Select(label => (label.Name, label.Cookie)), Is.EqualTo([("one", 7UL), ("two", 8UL)]));
        bytes.AsSpan(0, 256).Clear();
        Assert.That(LabelArea.Read(bytes)!.Labels, Has.Count.EqualTo(2), "from the second index");
    }

    [Test]
    public void Read_LabelWithAWrongChecksum_IsLeftOut()
    {
        var bytes = SyntheticLabels.Area(2, (Uuid, "one", 7), (Uuid, "two", 8));
        bytes[512 + 20] ^= 1;
        Assert.That(LabelArea.Read(bytes)!.Labels.Select(label => label.Name), Is.EqualTo(["two"]));
    }

    [Test]
    public void Cookie_OfAUuid_IsItsHalfByVersion()
    {
        var old = LabelArea.Read(SyntheticLabels.Area(1))!;
        var current = LabelArea.Read(SyntheticLabels.Area(2))!;
        Assert.That(Text(LabelCookie.Of(Uuid, old)), Is.EqualTo("2456e02836624bd1"));
        Assert.That(Text(LabelCookie.Of(Uuid, current)), Is.EqualTo("9dc503254993fc5d"));
    }

    private static string Text(ulong cookie) => new NamespaceLabel
    {
        Uuid = Uuid,
        Name = "",
        Cookie = cookie,
        End = ByteSize.Zero,
    }.CookieText;
}
