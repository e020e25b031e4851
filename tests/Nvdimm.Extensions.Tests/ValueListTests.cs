namespace Nvdimm.Extensions.Tests;

public sealed class ValueListTests
{
    [Test]
    public void Equality_IsByItemsInOrder()
    {
        ValueList<int> list = [1, 2];
        ValueList<int> same = [1, 2];
        ValueList<int> swapped = [2, 1];
        Assert.That(list, Is.EqualTo((object)same).Using<object>(Equals));
        Assert.That(list.Equals(same), Is.True);
        Assert.That(list.Equals((object)same), Is.True);
        Assert.That(list.GetHashCode(), Is.EqualTo(same.GetHashCode()));
        Assert.That(list.Equals(swapped), Is.False);
        Assert.That(list.Equals(null), Is.False);
        Assert.That(list.Equals("1, 2"), Is.False);
    }

    [Test]
    public void Empty_IsOne()
    {
        ValueList<int> empty = [];
        Assert.That(empty, Is.SameAs(ValueList<int>.Empty));
        Assert.That(empty.Count, Is.Zero);
        Assert.That(empty.ToString(), Is.EqualTo("[]"));
    }

    [Test]
    public void ToValueList_KeepsItemsAndReusesAList()
    {
        var list = new[] { "a", "b" }.ToValueList();
        Assert.That(list, Is.EqualTo(["a", "b"]));
        Assert.That((list.Count, list[1], list.ToString()), Is.EqualTo((2, "b", "[a, b]")));
        Assert.That(list.ToValueList(), Is.SameAs(list));
        Assert.That(() => ((IEnumerable<int>)null!).ToValueList(), Throws.ArgumentNullException);
    }

    [Test]
    public void GetEnumerator_OfTheInterface_HasTheItems()
    {
        System.Collections.IEnumerable list = ValueList.Create([1, 2]);
        Assert.That(list.Cast<int>(), Is.EqualTo([1, 2]));
    }
}
