package slidefield.nic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import slidefield.io.InputException;
import slidefield.slide.BoundaryDistance;

/**
 * Where crops of a compressed slide lie (Tellez et al. 2019, section 3.2 and the authors' code): around places deep within
 * the tissue. A place's depth is its Euclidean distance to the nearest place without tissue; the grid's edge is none. Where
 * nothing is without tissue, the surroundings of the grid are, and a grid that fits into a crop lies in its middle.
 *
 * <p>Not thread-safe by promise, but nothing changes after construction.
 */
final class GridCrops {
    private final CodePlane grid;
    private final int side;
    private final float[] depth;
    /** Sum of all weights up to each place. */
    private final double[] reached;
    /** Numbers of the places with tissue, in raster order. */
    private final int[] tissue;

    private final boolean whole;

    /** A place of the grid. */
    record Place(int row, int column) {}

    /**
     * @param name of the slide, for messages
     * @param grid its codes
     * @param side R, places along both sides of a crop
     * @throws InputException if there is no tissue
     */
    GridCrops(String name, CodePlane grid, int side) {
        this.grid = grid;
        this.side = side;
        boolean[] inside = new boolean[grid.rows() * grid.columns()];
        int[] places = new int[inside.length];
        int count = 0;
        for (int i = 0; i < inside.length; i++) {
            inside[i] = grid.tissue(i / grid.columns(), i % grid.columns());
            if (inside[i]) {
                places[count++] = i;
            }
        }
        if (count == 0) {
            throw new InputException("slide " + name + ": no place of its grid of " + grid.rows() + " x "
                    + grid.columns() + " codes holds tissue, so there is nothing to crop");
        }
        tissue = Arrays.copyOf(places, count);
        boolean full = count == inside.length;
        whole = full && grid.rows() <= side && grid.columns() <= side;
        depth = full ? toTheEdge() : BoundaryDistance.inside(inside, grid.columns(), grid.rows());
        reached = new double[depth.length];
        double deepest = depth[place(deepest())];
        double sum = 0;
        for (int i = 0; i < depth.length; i++) {
            sum += (depth[i] / deepest) * (depth[i] / deepest);
            reached[i] = sum;
        }
    }

    private int place(Place place) {
        return place.row() * grid.columns() + place.column();
    }

    private Place place(int number) {
        return new Place(number / grid.columns(), number % grid.columns());
    }

    /** Depths of a grid that is tissue everywhere: how far its surroundings are. */
    private float[] toTheEdge() {
        int rows = grid.rows();
        int columns = grid.columns();
        float[] distance = new float[rows * columns];
        for (int i = 0; i < distance.length; i++) {
            int row = i / columns;
            int column = i % columns;
            distance[i] = 1 + Math.min(Math.min(row, rows - 1 - row), Math.min(column, columns - 1 - column));
        }
        return distance;
    }

    /** d of every place, row-major. */
    float[] depth() {
        return depth;
    }

    /** The deepest place, the first in raster order of several: where a slide is validated. */
    Place deepest() {
        if (whole) {
            return middle();
        }
        int best = 0;
        for (int i = 1; i < depth.length; i++) {
            if (depth[i] > depth[best]) {
                best = i;
            }
        }
        return place(best);
    }

    private Place middle() {
        return new Place(grid.rows() / 2, grid.columns() / 2);
    }

    /** A place drawn with a probability proportional to (d / max d)^2: where a training crop lies. */
    Place draw(Random random) {
        if (whole) {
            return middle();
        }
        double at = random.nextDouble() * reached[reached.length - 1];
        int low = 0;
        int high = reached.length - 1;
        while (low < high) {
            int between = (low + high) >>> 1;
            if (reached[between] > at) {
                high = between;
            } else {
                low = between + 1;
            }
        }
        return place(low);
    }

    /**
     * The places where a slide is answered: of the N places with tissue in raster order those of the ranks floor(N i / T). A
     * single one is the deepest, and so is that of a grid that lies in the middle of its crop.
     *
     * @param count T
     */
    List<Place> spread(int count) {
        if (count == 1 || whole) {
            return List.of(deepest());
        }
        List<Place> places = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            places.add(place(tissue[(int) (tissue.length * i / count)]));
        }
        return places;
    }

    /** The grid's row or column that a crop around a place begins at; negative where it begins outside. */
    int start(int centre) {
        return centre - side / 2;
    }

    /**
     * Cuts a crop out; what lies outside the grid is 0.
     *
     * @param centre of the crop
     * @param into filled, R x R x C
     */
    void cut(Place centre, float[] into) {
        grid.cut(start(centre.row()), start(centre.column()), side, into);
    }
}
