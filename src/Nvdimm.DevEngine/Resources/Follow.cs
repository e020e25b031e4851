using Nvdimm.DevEngine.Queries;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Resources;

/// <summary>
/// Replaces links by their targets: <c>follow=host_devices.host,cluster</c>. The targets of all links with one name are read together, and
/// each target once, so that the work grows with the size of the answer.
/// </summary>
internal sealed class Follow(EntityReader reader)
{
    private const int MaximumDepth = 4;
    private const int MaximumLinks = 32;

    /// <summary>Follows the links that a request asks for, in an entity or a collection.</summary>
    /// <exception cref="ApiFaultException">A link does not exist, or too many are asked for.</exception>
    public async Task<ApiObject> ApplyAsync(ApiObject entity, HttpRequest request, CancellationToken cancellationToken)
    {
        var links =
            Listing.Parameter(request.Query, "follow")?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                ?? [];
        if (links.Length > MaximumLinks)
        {
            throw ApiFaultException.BadValue($"More than {MaximumLinks} links to follow.");
        }

        foreach (var link in links)
        {
            var path = link.Split('.');
            if (path.Length > MaximumDepth)
            {
                throw ApiFaultException.BadValue($"'{link}' follows more than {MaximumDepth} links.");
            }

            IReadOnlyCollection<ApiObject> entities = [entity];
            foreach (var rel in path)
            {
                entities = await FollowAsync(entities, rel, cancellationToken);
            }
        }

        return entity;
    }

    /// <summary>Follows one link of all entities.</summary>
    /// <returns>The targets, each once.</returns>
    private async Task<IReadOnlyCollection<ApiObject>> FollowAsync(
        IReadOnlyCollection<ApiObject> entities, string rel, CancellationToken cancellationToken)
    {
        var items = Each(entities.SelectMany(entity => entity.Items ?? [entity]));
        var open = items.Where(item => item.Followed(rel) is null)
            .Select(item => (Item: item, Href: item.TargetOf(rel)))
            .Where(link => link.Href is not null)
            .ToList();
        var targets = await reader.FindAllAsync(open.Select(link => link.Href!).ToHashSet(StringComparer.Ordinal), cancellationToken);
        foreach (var (item, href) in open)
        {
            if (targets.TryGetValue(href!, out var target))
            {
                item.Replace(rel, target);
            }
        }

        return Each(items.Select(item => item.Followed(rel)).OfType<ApiObject>());
    }

    private static HashSet<ApiObject> Each(IEnumerable<ApiObject> entities) => new(entities, ReferenceEqualityComparer.Instance);
}
