using CsCheck;
using Nvdimm.Extensions.DomainXml;

namespace Nvdimm.Extensions.Tests.DomainXml;

public sealed class LibvirtSizeTests
{
    /// <summary>What libvirt 9.0.0 made of these units (virsh domxml-to-native), and virScaleInteger for the others.</summary>
    [TestCase("1024", null, 1048576)]
    [TestCase("1024", "", 1048576)]
    [TestCase("136314880", "b", 136314880)]
    [TestCase("136314880", "byte", 136314880)]
    [TestCase("136314880", "BYTES", 136314880)]
    [TestCase("136314880", "k", 139586437120)]
    [TestCase("136314880", "K", 139586437120)]
    [TestCase("136314880", "kb", 136314880000)]
    [TestCase("136314880", "KB", 136314880000)]
    [TestCase("136314880", "kIB", 139586437120)]
    [TestCase("3", "MB", 3000320)]
    [TestCase("3", "M", 3145728)]
    [TestCase("3", "MiB", 3145728)]
    [TestCase("1", "GB", 1000000512)]
    [TestCase("1", "G", 1073741824)]
    [TestCase("1", "TB", 1000000000000)]
    [TestCase("1", "TiB", 1099511627776)]
    [TestCase("1", "PB", 1000000000000000)]
    [TestCase("1", "p", 1125899906842624)]
    [TestCase("1", "EB", 1000000000000000000)]
    [TestCase("7", "EiB", 8070450532247928832)]
    [TestCase("1", "b", 1024)]
    [TestCase(" \n+12", "KiB", 12288)]
    [TestCase("0", "EiB", 0)]
    public void TryParse_Size(string number, string? unit, long bytes)
    {
        Assert.That(LibvirtSize.TryParse(number, unit, out var size), Is.True);
        Assert.That(size.Bytes, Is.EqualTo(bytes));
    }

    [TestCase(null, null)]
    [TestCase("", null)]
    [TestCase("-1", null)]
    [TestCase("1.5", "GiB")]
    [TestCase("12 ", "KiB")]
    [TestCase("+ 12", "KiB")]
    [TestCase("0x10", null)]
    [TestCase("1 2", null)]
    [TestCase("8", "EiB")]
    [TestCase("9223372036854775807", "b")]
    [TestCase("18446744073709551615", "EiB")]
    [TestCase("99999999999999999999", "b")]
    [TestCase("1", "Mi")]
    [TestCase("1", "kibi")]
    [TestCase("1", "x")]
    [TestCase("1", "Mbb")]
    public void TryParse_NoSize(string? number, string? unit) => Assert.That(LibvirtSize.TryParse(number, unit, out _), Is.False);

    [Test]
    public void TryParse_Bytes_RoundsUpToKiB() => Gen.Long[0, long.MaxValue - 1024].Sample(bytes =>
        LibvirtSize.TryParse($"{bytes}", "bytes", out var size) && size.Bytes % 1024 == 0 && size.Bytes >= bytes && size.Bytes - bytes < 1024);
}
