using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using CsCheck;
using Nvdimm.Extensions.DomainXml;

namespace Nvdimm.Extensions.Tests.DomainXml;

/// <summary>Our SHA-1 beside OpenSSL's, which .NET calls.</summary>
[SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "RFC 9562 defines uuids of version 5 over it")]
public sealed class Sha1Tests
{
    // FIPS 180-2, A.1 and A.2.
    [TestCase("abc", "a9993e364706816aba3e25717850c26c9cd0d89d")]
    [TestCase("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "84983e441c3bd26ebaae4aa1f95129e5e54670f1")]
    public void Of_OfPublishedVector_IsPublished(string text, string expected) =>
        Assert.That(Convert.ToHexStringLower(Sha1.Of(System.Text.Encoding.ASCII.GetBytes(text))), Is.EqualTo(expected));

    [Test]
    public void Of_OfEveryLengthAroundABlock_IsWhatDotNetSays([Range(0, 200)] int length)
    {
        var bytes = Enumerable.Range(0, length).Select(number => unchecked((byte)(number * 7))).ToArray();
        Assert.That(Sha1.Of(bytes), Is.EqualTo(SHA1.HashData(bytes)));
    }

    [Test]
    public void Of_OfRandomBytes_IsWhatDotNetSays() => Gen.Byte.Array[0, 5000].Sample(bytes => Sha1.Of(bytes).AsSpan().SequenceEqual(SHA1.HashData(bytes)), iter: 5_000);
}
