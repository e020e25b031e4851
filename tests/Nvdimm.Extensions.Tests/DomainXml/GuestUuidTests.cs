using CsCheck;
using Nvdimm.Extensions.DomainXml;

namespace Nvdimm.Extensions.Tests.DomainXml;

public sealed class GuestUuidTests
{
    /// <summary>RFC 9562, appendix A.4: www.example.com under the namespace of DNS.</summary>
    [Test]
    public void Create_VectorOfTheRfc() => Assert.That(
        NameBasedUuid.Create(new Guid("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "www.example.com"),
        Is.EqualTo(new Guid("2ed6657d-e927-568b-95e1-2665a8aea6a2")));

    /// <summary>From Python 3: uuid.uuid5(uuid.UUID('ef918252-…'), text). These may never change: guests' labels are bound to them.</summary>
    [TestCase("8d7bbf1a-4f0e-4c0e-9f86-3d2b5a0f6e11", "c5445416-5597-53db-bdc1-529bab7d54a6")]
    [TestCase("00000000-0000-0000-0000-000000000001", "72ecb65e-3373-5136-8eff-10dabe1b100b")]
    [TestCase("ffffffff-ffff-ffff-ffff-ffffffffffff", "032f89d6-8683-5b0a-bf6d-b186e2d53e00")]
    public void For_IsFixedForEver(string host, string guest) => Assert.That(GuestUuid.For(new Guid(host)), Is.EqualTo(new Guid(guest)));

    [Test]
    public void For_AnyUuid_HasVersionVariantAndNoZeroHalf() => Gen.Guid.Where(uuid => uuid != Guid.Empty).Sample(host =>
    {
        var bytes = GuestUuid.For(host).ToByteArray(bigEndian: true);
        return bytes[6] >> 4 == 5 && bytes[8] >> 6 == 2 && BitConverter.ToUInt64(bytes, 0) != 0 && BitConverter.ToUInt64(bytes, 8) != 0;
    });

    [Test]
    public void For_Zero_Throws() => Assert.That(() => GuestUuid.For(Guid.Empty), Throws.ArgumentException);
}
