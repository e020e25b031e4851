using CsCheck;
using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Tests.Devices;

public sealed class DeviceNameComparerTests
{
    private static readonly Gen<string> Names = Gen.Select(
            Any("namespace", "dax", "", "a"),
            Gen.Int[0, 12],
            Any(".", "", "x"),
            Any("0", "00", "2", "10", "99999999999999999999", ""))
        .Select((word, number, point, end) => $"{word}{number}{point}{end}");

    private static Gen<string> Any(params string[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    [Test]
    public void Order_CountsDigits()
    {
        string[] expected =
        [
            "dax0.0", "dax0.1", "namespace0.0", "namespace1.02", "namespace1.2", "namespace1.10", "namespace2.0", "namespace10.0",
            "namespace10.18446744073709551616", "pmem1", "pmem1s", "pmem2",
        ];
        Assert.That(expected.Reverse().Order(DeviceNameComparer.Instance), Is.EqualTo(expected));
    }

    [Test]
    public void Compare_Null_ComesFirst() => Assert.That(DeviceNameComparer.Instance.Compare(null, "a"), Is.Negative);

    /// <summary>What sorting relies on: the order is total, and only equal names are equal.</summary>
    [Test]
    public void Compare_AnyNames_IsAnOrder() => Gen.Select(Names, Names, Names).Sample((one, two, three) =>
    {
        var compare = DeviceNameComparer.Instance;
        Assert.That(Math.Sign(compare.Compare(one, two)), Is.EqualTo(-Math.Sign(compare.Compare(two, one))));
        Assert.That(compare.Compare(one, two) == 0, Is.EqualTo(one == two));
        if (compare.Compare(one, two) <= 0 && compare.Compare(two, three) <= 0)
        {
            Assert.That(compare.Compare(one, three), Is.LessThanOrEqualTo(0));
        }
    });
}
