using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Tests.Native;

/// <summary>Our SHA-256 beside the vectors of NIST and beside OpenSSL's, which .NET calls.</summary>
public sealed class Sha256Tests
{
    // NIST, Examples with Intermediate Values, SHA256; the last one is of a million letters a (FIPS 180-2, B.3).
    [TestCase("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [TestCase("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [TestCase("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
    [TestCase("a", 1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")]
    public void TextOf_OfPublishedVector_IsPublished(string text, int times, string expected) =>
        Assert.That(Sha256.TextOf(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text, times)))), Is.EqualTo(expected));

    [Test]
    public void Of_OfEveryLengthAroundABlock_IsWhatDotNetSays([Range(0, 200)] int length)
    {
        var bytes = Enumerable.Range(0, length).Select(number => unchecked((byte)(number * 7))).ToArray();
        Assert.That(Sha256.Of(bytes), Is.EqualTo(SHA256.HashData(bytes)));
    }

    [Test]
    public void Finish_OfRandomPieces_IsWhatDotNetSays() => Gen.Byte.Array[0, 300].List[0, 12].Sample(
        pieces =>
        {
            var hash = new Sha256();
            pieces.ForEach(piece => hash.Add(piece));
            return hash.Finish().AsSpan().SequenceEqual(SHA256.HashData(pieces.SelectMany(piece => piece).ToArray()));
        },
        iter: 5_000);
}
